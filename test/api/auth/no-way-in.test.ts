// What is open to nobody, though no route names it; and a look through the log for what must not be in it. The walk over
// all routes is test/attacks/routes.test.ts.

import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { readConfig } from "../../../src/config.ts";
import { start } from "../../../src/process/start.ts";
import { logIn, postSession, sendAs } from "../../support/browser-like.ts";
import { createTestDatabase } from "../../support/database.ts";
import { startTestApi, testAccess, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestApi();
});
afterAll(() => service.stop());

describe("the API", () => {
  it("asks for a credential at addresses and with methods that don't exist, too", async () => {
    for (const path of [
      "/api/v1",
      "/api/v1/nothing",
      "/api/v1/admin-users/x/y",
      "/api/v1/Orders",
    ]) {
      expect((await fetch(`${service.url}${path}`)).status).toBe(401);
    }
    const unknownMethod = await fetch(`${service.url}/api/v1/mails`, { method: "DELETE" });
    expect(unknownMethod.status).toBe(401);
    const session = await fetch(`${service.url}/api/v1/session`, { method: "PATCH" });
    expect(session.status).toBe(401);
  });

  it("of the administration refuses the keys that objects inherit", async () => {
    for (const body of [
      '{"name":"X","permissions":[],"__proto__":{"admin":true}}',
      '{"name":"X","permissions":[],"constructor":{"prototype":{}}}',
    ]) {
      const reply = await fetch(`${service.url}/api/v1/admin-groups/polluted`, {
        method: "PUT",
        headers: {
          authorization: `Bearer ${testAccess.apiKey}`,
          "content-type": "application/json",
        },
        body,
      });
      expect([body, reply.status]).toEqual([body, 422]);
    }
  });
});

describe("the log", () => {
  it("holds no key, no password and no session, at any level", async () => {
    const database = await createTestDatabase();
    const lines: string[] = [];
    const log = pino({ level: "trace" }, { write: (line: string) => lines.push(line) });
    const running = await start(
      readConfig({
        PORT: "0",
        DATABASE_URL: database.url,
        DATABASE_POOL: "2",
        BOOTSTRAP_API_KEY: testAccess.apiKey,
        BOOTSTRAP_ADMIN_EMAIL: testAccess.adminEmail,
        BOOTSTRAP_ADMIN_PASSWORD: testAccess.adminPassword,
      }),
      { roles: ["api"], log },
    );
    try {
      const url = running.apiUrl ?? "";
      const session = await logIn(url);
      await postSession(url, { email: testAccess.adminEmail, password: "a mistyped secret" });
      await sendAs(url, session, "GET", "/api/v1/session");
      const made = await sendAs(url, session, "POST", "/api/v1/api-keys", {
        name: "logged",
        scopes: ["mails:read"],
      });
      const { key } = z.object({ key: z.string() }).parse(await made.json());
      await fetch(`${url}/api/v1/mails`, { headers: { authorization: `Bearer ${key}` } });
      await fetch(`${url}/api/v1/mails`, { headers: { authorization: `Bearer ${key}-wrong` } });
      const text = lines.join("");
      expect(text).toContain("a login failed");
      const secrets = [
        testAccess.apiKey,
        testAccess.adminPassword,
        "a mistyped secret",
        key,
        session.cookie.slice(session.cookie.indexOf("=") + 1),
      ];
      for (const secret of secrets) expect(text).not.toContain(secret);
    } finally {
      await running.stop();
      await database.drop();
    }
  });
});
