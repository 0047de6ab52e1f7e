import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import express from "express";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { healthRouter } from "../../src/health/health-router.ts";
import { findFreePort } from "../../src/db/embedded/find-free-port.ts";
import { recordRun } from "../../src/db/audit/runs.ts";
import { createClient, createPool } from "../../src/db/sql/pool.ts";
import { createPostgresQueueBackend } from "../../src/queues/postgres-backend.ts";
import { queueBackends } from "../support/backends.ts";
import { createTestDatabase } from "../support/database.ts";
import { listenOnFreePort } from "../support/listen.ts";
import { startTestService, type TestService } from "../support/service.ts";

describe.each(queueBackends)("health, with the queue on $name", (backend) => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService({ backend, roles: ["api"] });
  });
  afterAll(() => service.stop());

  it("needs no key, and says what answers", async () => {
    expect((await fetch(`${service.url}/livez`)).status).toBe(200);
    const ready = await fetch(`${service.url}/readyz`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({ status: "ready", database: "answers", queue: "answers" });
  });

  it("counts at each scrape what waits then", async () => {
    await service.send("PUT", "/products/MUG", { name: "Mug", unitsInStock: 5 });
    for (let count = 1; count <= 2; count += 1) {
      await service.send("POST", "/orders", {
        reference: randomUUID(),
        lines: [{ sku: "MUG", quantity: 1 }],
      });
      await expect
        .poll(async () => (await fetch(`${service.url}/metrics`)).text(), { timeout: 10_000 })
        .toContain(`tallyman_queue_jobs{queue="orders",state="waiting"} ${count}`);
      const metrics = await (await fetch(`${service.url}/metrics`)).text();
      expect(metrics).toContain(`tallyman_orders_pending ${count}`);
      expect(metrics).toContain("tallyman_scrape_complete 1");
    }
  });

  it("shows what the last audit found, also one that ends later", async () => {
    const scrape = async () => (await fetch(`${service.url}/metrics`)).text();
    const before = await scrape();
    expect(before).toContain("tallyman_audit_last_run_timestamp_seconds 0");
    expect(before).toMatch(/^tallyman_audit_held nan$/im);
    const findings = [
      { key: "ledger-chain", invariant: "each movement", faults: 3, examples: [] },
      { key: "one-end", invariant: "each order", faults: 0, examples: [] },
    ];
    const client = createClient(service.databaseUrl, "test");
    await client.connect();
    const [startedAt, endedAt] = [new Date(1_000_000), new Date(1_002_500)];
    await recordRun(client, { startedAt, endedAt, since: null, findings, place: null });
    await client.end();
    await expect.poll(scrape, { timeout: 10_000 }).toContain("tallyman_audit_held 0");
    const after = await scrape();
    expect(after).toContain("tallyman_audit_last_run_timestamp_seconds 1002.5");
    expect(after).toContain("tallyman_audit_last_held_timestamp_seconds 0");
    expect(after).toContain("tallyman_audit_duration_seconds 2.5");
    expect(after).toContain('tallyman_audit_violations{invariant="ledger-chain"} 3');
    expect(after).toContain('tallyman_audit_violations{invariant="one-end"} 0');
  });

  it("documents every endpoint, for people and for programs", async () => {
    const document = await (await fetch(`${service.url}/openapi.json`)).text();
    for (const path of ["/api/v1/orders", "/api/v1/products/{sku}", "/api/v1/api-keys"]) {
      expect(document).toContain(`"${path}"`);
    }
    expect((await fetch(`${service.url}/docs`)).status).toBe(200);
    expect((await fetch(`${service.url}/docs/swagger-ui-bundle.js`)).status).toBe(200);
  });
});

describe("a worker without an API", () => {
  it("answers health checks at its port, and nothing else", async () => {
    const port = await findFreePort();
    const environment = { PORT: `${port}` };
    const service = await startTestService({ roles: ["worker"], environment });
    try {
      expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
      expect((await fetch(`http://127.0.0.1:${port}/api/v1/orders`)).status).toBe(404);
    } finally {
      await service.stop();
    }
  });
});

describe("many who ask whether the process is ready", () => {
  it("take one connection of those that orders use", async () => {
    const database = await createTestDatabase();
    const onError = () => undefined;
    const orderPool = createPool(database.url, { max: 4, synchronousCommit: "on", onError });
    const backend = await createPostgresQueueBackend({ databaseUrl: database.url, onError });
    let taken = 0;
    orderPool.on("acquire", () => (taken += 1));
    const context = { orderPool, backend, oldestOrderMs: () => 0 };
    const server = createServer(express().use(healthRouter(context, () => false)));
    const url = await listenOnFreePort(server);
    try {
      const answers = await Promise.all(
        Array.from({ length: 50 }, async () => (await fetch(`${url}/readyz`)).status),
      );
      expect(new Set(answers)).toEqual(new Set([200]));
      // Those who come when the first have been answered for long may take another.
      expect(taken).toBeLessThan(10);
    } finally {
      server.closeAllConnections();
      server.close();
      await backend.close();
      await orderPool.end();
      await database.drop();
    }
  });
});
