// Every documented address, asked by nobody and by somebody with the wrong permission; and a look through
// tables and logs for what must be in neither.

import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { readConfig } from "../../../src/config.ts";
import { start } from "../../../src/process/start.ts";
import { logIn, postSession, sendAs } from "../../support/browser-like.ts";
import { createTestDatabase } from "../../support/database.ts";
import { keyWith } from "../../support/people.ts";
import { startTestApi, testAccess, type TestService } from "../../support/service.ts";

/** An operation says what opens it, unless a permission does. */
const operation = z.looseObject({ security: z.array(z.unknown()).optional() });

let service: TestService;
let operations: { method: string; path: string; opensWith: string }[];
beforeAll(async () => {
  service = await startTestApi();
  const { paths } = z
    .object({ paths: z.record(z.string(), z.record(z.string(), operation)) })
    .parse(await (await fetch(`${service.url}/openapi.json`)).json());
  operations = Object.entries(paths).flatMap(([path, atPath]) =>
    Object.entries(atPath).map(([method, { security }]) => ({
      method: method.toUpperCase(),
      path: path.replaceAll(/\{\w+\}/g, "x"),
      opensWith: security === undefined ? "permission" : JSON.stringify(security),
    })),
  );
});
afterAll(() => service.stop());

describe("every endpoint", () => {
  it("asks whoever has no credential for one, and tells them nothing else", async () => {
    expect(operations.length).toBeGreaterThan(30);
    for (const { method, path } of operations.filter((o) => o.opensWith !== "[]")) {
      const reply = await fetch(`${service.url}${path}`, { method });
      expect([method, path, reply.status]).toEqual([method, path, 401]);
      expect(reply.headers.get("x-powered-by")).toBeNull();
      expect(await reply.json()).toMatchObject({ type: "urn:tallyman:problem:unauthenticated" });
    }
  });

  it("asks as well at addresses and with methods that don't exist", async () => {
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

  it("refuses a key that lacks its permission, before it looks at anything else", async () => {
    const key = await keyWith(service, ["events:read"]);
    for (const { method, path, opensWith } of operations) {
      if (path === "/api/v1/events" || opensWith === "[]") continue;
      const reply = await fetch(`${service.url}${path}`, { method, headers: key });
      // One's own account is no matter of permissions: a key has none.
      const expected = opensWith === "permission" ? 403 : 401;
      expect([method, path, reply.status]).toEqual([method, path, expected]);
    }
    expect(operations.filter((o) => o.opensWith === "[]")).toMatchObject([
      { method: "POST", path: "/api/v1/session" },
      { method: "DELETE", path: "/api/v1/session" },
    ]);
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
