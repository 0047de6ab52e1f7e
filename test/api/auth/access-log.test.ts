// The lines that an operator finds later: who came in, who did not, who was refused.

import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { readConfig } from "../../../src/config.ts";
import { type Running, start } from "../../../src/process/start.ts";
import { logIn, postSession, sendAs } from "../../support/browser-like.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { codeOf } from "../../support/second-factor.ts";
import { testAccess } from "../../support/service.ts";

const lineSchema = z.looseObject({
  event: z.string(),
  outcome: z.string(),
  address: z.string(),
  level: z.number(),
});

let database: TestDatabase;
let running: Running;
let url: string;
const written: string[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  const log = pino({ level: "info" }, { write: (line: string) => written.push(line) });
  const environment = {
    PORT: "0",
    DATABASE_URL: database.url,
    DATABASE_POOL: "2",
    BOOTSTRAP_API_KEY: testAccess.apiKey,
    BOOTSTRAP_ADMIN_EMAIL: testAccess.adminEmail,
    BOOTSTRAP_ADMIN_PASSWORD: testAccess.adminPassword,
  };
  running = await start(readConfig(environment), { roles: ["api"], log });
  url = running.apiUrl ?? "";
});
afterAll(async () => {
  await running.stop();
  await database.drop();
});
beforeEach(() => {
  written.length = 0;
});

/** The lines about access that were written since the test began. */
const lines = () => written.flatMap((line) => lineSchema.safeParse(JSON.parse(line)).data ?? []);

const { adminEmail: email, adminPassword: password } = testAccess;
const info = 30;
const warn = 40;

const send = (method: string, path: string, authorization: string, body?: unknown) =>
  fetch(`${url}/api/v1${path}`, {
    method,
    headers: { authorization, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

describe("the log has one line, with account, address and outcome, for", () => {
  it("a login, a change of the password, and a logout", async () => {
    const session = await logIn(url);
    const change = { currentPassword: password, newPassword: "quite another password" };
    const changed = await sendAs(url, session, "PUT", "/api/v1/session/password", change);
    const [cookie = ""] = (changed.headers.getSetCookie()[0] ?? "").split(";");
    const renewed = { ...session, cookie };
    const back = { currentPassword: change.newPassword, newPassword: password };
    const again = await sendAs(url, renewed, "PUT", "/api/v1/session/password", back);
    const [last = ""] = (again.headers.getSetCookie()[0] ?? "").split(";");
    await sendAs(url, { ...session, cookie: last }, "DELETE", "/api/v1/session");
    const line = { level: info, outcome: "success", account: email, address: "127.0.0.1" };
    expect(lines()).toMatchObject([
      { ...line, event: "login" },
      { ...line, event: "password-change" },
      { ...line, event: "password-change" },
      { ...line, event: "logout" },
    ]);
  });

  it("a login that failed, and why, in the API and on the page", async () => {
    await postSession(url, { email, password: "a mistyped secret" });
    await postSession(url, { email: "nobody@example.com", password: "a guess" });
    await fetch(`${url}/admin/login`, {
      method: "POST",
      headers: { origin: url },
      body: new URLSearchParams({ email, password: "another guess" }),
    });
    const line = { level: warn, event: "login", address: "127.0.0.1", msg: "a login failed" };
    expect(lines()).toMatchObject([
      { ...line, account: email, outcome: "wrong-password" },
      { ...line, account: "nobody@example.com", outcome: "unknown-account" },
      { ...line, account: email, outcome: "wrong-password" },
    ]);
    expect(written.join("")).not.toMatch(/mistyped|guess/);
  });

  it("a login of somebody who is disabled, and a wrong current password", async () => {
    const authorization = `Bearer ${testAccess.apiKey}`;
    const person = { email: "off@example.com", name: "Off", password: "a long enough one" };
    await send("POST", "/admin-users", authorization, { ...person, enabled: false });
    const session = await logIn(url);
    written.length = 0;
    await postSession(url, person);
    await sendAs(url, session, "PUT", "/api/v1/session/password", {
      currentPassword: "a guess",
      newPassword: "quite another password",
    });
    expect(lines()).toMatchObject([
      { event: "login", outcome: "disabled", account: person.email },
      { event: "password-change", outcome: "wrong-password", account: email },
    ]);
  });

  it("a second factor that is turned on and off, and each login that waits for or fails by its code", async () => {
    const session = await logIn(url);
    const ask = (method: string, path: string, body: object) =>
      sendAs(url, session, method, `/api/v1/session/second-factor${path}`, body);
    const prepared = await ask("POST", "", { currentPassword: password });
    const { secret } = z.object({ secret: z.string() }).parse(await prepared.json());
    written.length = 0;
    await ask("PUT", "", { code: "12" });
    const on = await ask("PUT", "", { code: codeOf(secret) });
    const codes = z.object({ recoveryCodes: z.array(z.string()) }).parse(await on.json());
    const [recoveryCode = ""] = codes.recoveryCodes;
    await postSession(url, { email, password });
    const form = new URLSearchParams({ email, password });
    const headers = { origin: url };
    await fetch(`${url}/admin/login`, { method: "POST", headers, body: form, redirect: "manual" });
    await fetch(`${url}/api/v1/session`, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify({ email, password, code: codeOf(secret) }),
    });
    await ask("POST", "/removal", { currentPassword: "a guess", code: recoveryCode });
    await ask("POST", "/removal", { currentPassword: password, code: recoveryCode });
    const line = { account: email, address: "127.0.0.1" };
    expect(lines()).toMatchObject([
      { ...line, level: warn, event: "second-factor-on", outcome: "wrong-code" },
      { ...line, level: info, event: "second-factor-on", outcome: "success" },
      { ...line, level: info, event: "login", outcome: "code-awaited" },
      { ...line, level: info, event: "login", outcome: "code-awaited" },
      { ...line, level: warn, event: "login", outcome: "wrong-code" },
      { ...line, level: warn, event: "second-factor-off", outcome: "wrong-password" },
      { ...line, level: info, event: "second-factor-off", outcome: "success" },
    ]);
    for (const hidden of [secret, codeOf(secret), recoveryCode]) {
      expect(written.join("")).not.toContain(hidden);
    }
  });

  it("a refusal: by permission, by what is beyond the granter, on the board, and from another site", async () => {
    const full = `Bearer ${testAccess.apiKey}`;
    const made = await send("POST", "/api-keys", full, {
      name: "lesser",
      scopes: ["admin:read", "admin:write"],
    });
    const { key } = z.object({ key: z.string() }).parse(await made.json());
    const lesser = `Bearer ${key}`;
    const session = await logIn(url);
    written.length = 0;
    await send("GET", "/orders?limit=1&reference=a%20secret", lesser);
    await send("PUT", "/admin-groups/administrators", lesser, { name: "Mine", permissions: [] });
    await fetch(`${url}/admin/queues`, { headers: { authorization: lesser, accept: "text/html" } });
    await fetch(`${url}/api/v1/api-keys`, {
      method: "POST",
      headers: { cookie: session.cookie, origin: "https://evil.example" },
    });
    await fetch(`${url}/admin/login`, {
      method: "POST",
      headers: { origin: "https://evil.example" },
      body: new URLSearchParams({ email, password }),
    });
    const line = { level: warn, event: "request", address: "127.0.0.1" };
    const denied = { ...line, outcome: "permission-denied", actor: "key:lesser" };
    const foreign = { ...line, outcome: "cross-site-request", method: "POST" };
    expect(lines()).toMatchObject([
      { ...denied, method: "GET", path: "/api/v1/orders" },
      { ...denied, method: "PUT", path: "/api/v1/admin-groups/administrators" },
      { ...denied, method: "GET", path: "/admin/queues" },
      { ...foreign, path: "/api/v1/api-keys" },
      { ...foreign, path: "/admin/login" },
    ]);
    expect(written.join("")).not.toContain("secret");
  });

  it("a request without a valid key, with the part of the key that may be shown", async () => {
    const unknown = `tm_AbCd1234_${"s".repeat(32)}`;
    await send("GET", "/orders", "");
    await send("GET", "/orders", `Bearer ${unknown}`);
    await send("GET", "/nothing", `Bearer ${testAccess.apiKey}x`);
    const line = { level: warn, event: "request", outcome: "unauthenticated", method: "GET" };
    expect(lines()).toMatchObject([
      { ...line, path: "/api/v1/orders" },
      { ...line, path: "/api/v1/orders", key: "tm_AbCd1234" },
      { ...line, path: "/api/v1/nothing", key: testAccess.apiKey.slice(0, 11) },
    ]);
    expect(written.join("")).not.toMatch(/ssss|kkkk/);
  });

  it("a login that is not tried any more, with the account", async () => {
    const guess = { email: "guessed@example.com", password: "a guess" };
    for (let round = 0; round < 21; round += 1) await postSession(url, guess);
    expect(lines()).toHaveLength(21);
    expect(lines().at(-1)).toMatchObject({
      event: "request",
      outcome: "too-many-requests",
      account: guess.email,
      address: "127.0.0.1",
    });
  });

  it("somebody who may do nothing before they chose a password of their own", async () => {
    const person = { email: "new@example.com", name: "New", password: "a long enough one" };
    await send("POST", "/admin-users", `Bearer ${testAccess.apiKey}`, person);
    const session = await logIn(url, person);
    written.length = 0;
    await sendAs(url, session, "GET", "/api/v1/session/others");
    await sendAs(url, session, "GET", "/api/v1/orders");
    const line = { outcome: "password-change-needed", actor: `user:${person.email}` };
    expect(lines()).toMatchObject([
      { ...line, path: "/api/v1/session/others" },
      { ...line, path: "/api/v1/orders" },
    ]);
  });
});

describe("a flood of requests by strangers", () => {
  it("writes one line for each that looks different, and hides no refusal of a known caller", async () => {
    const refused = await Promise.all(
      Array.from({ length: 300 }, (_, index) =>
        send(
          "GET",
          `/orders/${index}`,
          index < 200 ? "" : `Bearer tm_${index}abcde_${"x".repeat(32)}`,
        ),
      ),
    );
    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([401]));
    expect(lines().length).toBeLessThanOrEqual(51);
    written.length = 0;
    const made = await send("POST", "/api-keys", `Bearer ${testAccess.apiKey}`, {
      name: "known",
      scopes: ["mails:read"],
    });
    const { key } = z.object({ key: z.string() }).parse(await made.json());
    await send("GET", "/orders", `Bearer ${key}`);
    expect(lines()).toMatchObject([{ outcome: "permission-denied", actor: "key:known" }]);
  });
});
