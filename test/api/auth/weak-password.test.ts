// Passwords that are easily guessed can't be set, in any way; who has one already comes in with it.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { insertConfiguredAccess } from "../../../src/process/bootstrap.ts";
import { hashPassword } from "../../../src/api/auth/password.ts";
import { passwordFault } from "../../../src/api/auth/weak-password.ts";
import commonPasswords from "../../../src/api/auth/common-passwords.json" with { type: "json" };
import { ConfigError } from "../../../src/config.ts";
import { createOrm } from "../../../src/db/orm.ts";
import { logIn, postSession, sendAs } from "../../support/browser-like.ts";
import { createTestDatabase } from "../../support/database.ts";
import { createPerson } from "../../support/people.ts";
import { startTestApi, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestApi();
});
afterAll(() => service.stop());

const refusal = (pointer: string) => ({
  type: "/problems/validation-failed",
  errors: [{ pointer, detail: expect.stringMatching(/^Expected .*; got one that .* Choose/) }],
});

describe("the list of common passwords", () => {
  it("has at least 3,000 that are long enough, each once and in small letters", () => {
    const long = commonPasswords.filter((password) => password.length >= 10);
    expect(long.length).toBeGreaterThanOrEqual(3_000);
    expect(new Set(long.map((password) => password.toLowerCase())).size).toBe(
      commonPasswords.length,
    );
    expect(commonPasswords).toEqual(commonPasswords.map((password) => password.toLowerCase()));
  });

  it("holds whatever their letters' size", () => {
    expect(passwordFault("Basketball", "a@example.com")).toMatch(/among the 5,000 commonest/);
    expect(passwordFault("PASSWORD123", "a@example.com")).toMatch(/among the 5,000 commonest/);
  });
});

describe("a password that is easily guessed is refused, and not repeated, if", () => {
  it("people choose it for themselves", async () => {
    const person = await createPerson(service, "chooser@example.com");
    const session = await logIn(service.url, person);
    for (const newPassword of ["1234567890", "Qwertyuiop", "aaaaaaaaaa", "chooser2026"]) {
      const change = { currentPassword: person.password, newPassword };
      const reply = await sendAs(service.url, session, "PUT", "/api/v1/session/password", change);
      const text = await reply.text();
      expect([reply.status, JSON.parse(text)]).toMatchObject([422, refusal("/newPassword")]);
      expect(text).not.toContain(newPassword);
    }
    expect((await postSession(service.url, person)).status).toBe(204);
  });

  it("an administrator gives it to a new person or to one who is there", async () => {
    const person = await createPerson(service, "given@example.com");
    const path = `/admin-users/${person.id}`;
    const fresh = { name: "Fresh", email: "fresh@example.com", password: "password123" };
    const email = "renamed@example.com";
    for (const [method, address, body] of [
      ["POST", "/admin-users", fresh],
      ["POST", "/admin-users", { ...fresh, password: "fresh2026fresh" }],
      ["PATCH", path, { password: "given@example.com" }],
      ["PATCH", path, { email, password: "renamed2026" }],
    ] as const) {
      const reply = await service.send(method, address, body);
      expect([reply.status, reply.body]).toMatchObject([422, refusal("/password")]);
    }
    expect((await service.send("PATCH", path, { email, password: "given 2026 2026" })).status).toBe(
      200,
    );
  });

  it("the first administrator would be made with it; nothing is made then", async () => {
    const database = await createTestDatabase();
    const orm = await createOrm(database.url);
    const config = {
      BOOTSTRAP_API_KEY: `tm_12345678_${"s".repeat(32)}`,
      BOOTSTRAP_ADMIN_EMAIL: "owner@example.com",
      BOOTSTRAP_ADMIN_PASSWORD: "1234567890",
    };
    const people = () =>
      orm.em.fork().execute("select from admin_user union all select from api_key");
    try {
      const refused = insertConfiguredAccess(orm, config);
      await expect(refused).rejects.toThrow(ConfigError);
      await expect(refused).rejects.toThrow(/BOOTSTRAP_ADMIN_PASSWORD: Expected .*got one that/);
      expect(await people()).toHaveLength(0);
      await insertConfiguredAccess(orm, { ...config, BOOTSTRAP_ADMIN_PASSWORD: "a good password" });
      // From then on the setting does nothing, so it stops no start.
      await insertConfiguredAccess(orm, config);
      expect(await people()).toHaveLength(2);
    } finally {
      await orm.close();
      await database.drop();
    }
  });
});

it("somebody whose password is easily guessed already still comes in, and may choose a better one", async () => {
  const person = { ...(await createPerson(service, "old@example.com")), password: "1234567890" };
  await service.sql("update admin_user set password_hash = $2 where id = $1", [
    person.id,
    await hashPassword(person.password),
  ]);
  const session = await logIn(service.url, person);
  const change = { currentPassword: person.password, newPassword: "six lemons on a roof" };
  const reply = await sendAs(service.url, session, "PUT", "/api/v1/session/password", change);
  expect(reply.status).toBe(204);
});
