// Who may scrape, and where.

import { describe, expect, it } from "vitest";
import { findFreePort } from "../../src/db/embedded/find-free-port.ts";
import { type Role } from "../../src/process/start.ts";
import { scrape, valueOf } from "../support/scrape.ts";
import { startTestService } from "../support/service.ts";

const key = "prometheus-0123456789";
const roleSets: readonly (readonly Role[])[] = [["api", "worker"], ["worker"]];

describe.each(roleSets)("the metrics of a process with the roles %s %s", (...given) => {
  const roles = given.filter((role) => role !== undefined);

  it("are at the port of their own only, and only for the key", async () => {
    const [PORT, METRICS_PORT] = [`${await findFreePort()}`, `${await findFreePort()}`];
    const environment = { PORT, METRICS_PORT, METRICS_KEY: key };
    const service = await startTestService({ roles, environment });
    const own = `http://127.0.0.1:${METRICS_PORT}`;
    const usual = `http://127.0.0.1:${PORT}`;
    try {
      const authorization = `Bearer ${key}`;
      expect(valueOf(await scrape(own, { authorization }), "tallyman_scrape_complete")).toBe(1);
      for (const wrong of [undefined, `Bearer ${key}x`, `Basic ${key}`, key, "Bearer "]) {
        const headers: Record<string, string> = wrong === undefined ? {} : { authorization: wrong };
        const refused = await fetch(`${own}/metrics`, { headers });
        expect(refused.status).toBe(401);
        expect(refused.headers.get("www-authenticate")).toBe('Bearer realm="metrics"');
        expect(await refused.text()).not.toContain("tallyman_");
      }
      expect((await fetch(`${usual}/metrics`, { headers: { authorization } })).status).toBe(404);
      expect((await fetch(`${usual}/livez`)).status).toBe(200);
      expect((await fetch(`${own}/livez`)).status).toBe(404);
    } finally {
      await service.stop();
    }
  });
});

it("with a key alone they are at the usual port", async () => {
  const service = await startTestService({ roles: ["api"], environment: { METRICS_KEY: key } });
  try {
    expect((await fetch(`${service.url}/metrics`)).status).toBe(401);
    const samples = await scrape(service.url, { authorization: `Bearer ${key}` });
    expect(valueOf(samples, "tallyman_scrape_complete")).toBe(1);
  } finally {
    await service.stop();
  }
});
