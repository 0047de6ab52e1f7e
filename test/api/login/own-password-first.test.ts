// Whoever got their password from somebody else chooses their own before anything else.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LoggedIn, logIn, postSession, sendAs } from "../../support/browser-like.ts";
import { createPerson, type Person } from "../../support/people.ts";
import { startTestApi, testAccess, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestApi();
});
afterAll(() => service.stop());

const invite = (email: string) =>
  createPerson(service, email, ["administrators"], { mustChangePassword: true });

const ask = (session: LoggedIn, path: string, method = "GET", body?: unknown) =>
  sendAs(service.url, session, method, path, body);

async function changePassword(session: LoggedIn, person: Person, newPassword: string) {
  const change = { currentPassword: person.password, newPassword };
  const reply = await ask(session, "/api/v1/session/password", "PUT", change);
  const [setCookie = ""] = reply.headers.getSetCookie();
  return { status: reply.status, session: { cookie: setCookie.split(";")[0] ?? "", setCookie } };
}

const refused = { type: "/problems/password-change-needed", status: 403 };

describe("a person who was invited", () => {
  it("sees who they are, and can do nothing but choose a password and log out", async () => {
    const person = await invite("invited@example.com");
    const session = await logIn(service.url, person);
    const own = await ask(session, "/api/v1/session");
    expect([own.status, await own.json()]).toMatchObject([200, { mustChangePassword: true }]);
    for (const [method, path] of [
      ["GET", "/api/v1/products"],
      ["GET", "/api/v1/admin-users"],
      ["POST", "/api/v1/api-keys"],
      ["PATCH", `/api/v1/admin-users/${person.id}`],
      ["GET", "/api/v1/session/others"],
      ["DELETE", "/api/v1/session/others"],
      ["GET", "/admin/queues"],
      ["PUT", "/admin/queues/api/queues/process-order/pause"],
    ] as const) {
      const reply = await ask(session, path, method);
      expect([method, path, await reply.json()]).toMatchObject([method, path, refused]);
    }
    const board = await fetch(`${service.url}/admin/queues`, {
      headers: { cookie: session.cookie, accept: "text/html" },
    });
    expect(board.status).toBe(403);
    expect(await board.text()).toMatch(/Choose your own password first.*action="\/admin"/s);
    const app = await fetch(`${service.url}/admin/products`, {
      headers: { cookie: session.cookie, accept: "text/html" },
    });
    expect(app.status).not.toBe(302);
    expect((await ask(session, "/api/v1/session", "DELETE")).status).toBe(204);
  });

  it("does everything that they may do once they have chosen", async () => {
    const person = await invite("settled@example.com");
    const session = await logIn(service.url, person);
    expect((await changePassword(session, person, person.password)).status).toBe(422);
    expect((await ask(session, "/api/v1/products")).status).toBe(403);
    const changed = await changePassword(session, person, "a password of my own");
    expect(changed.status).toBe(204);
    const own = await ask(changed.session, "/api/v1/session");
    expect(await own.json()).toMatchObject({ mustChangePassword: false });
    expect((await ask(changed.session, "/api/v1/products")).status).toBe(200);
    expect((await ask(changed.session, "/admin/queues")).status).toBe(200);
    const again = await logIn(service.url, { ...person, password: "a password of my own" });
    expect((await ask(again, "/api/v1/products")).status).toBe(200);
  });
});

it("a person whose password an administrator has reset chooses anew", async () => {
  const person = await createPerson(service, "reset@example.com", ["viewers"]);
  const before = await logIn(service.url, person);
  const password = "set by somebody else";
  await service.send("PATCH", `/admin-users/${person.id}`, { password });
  expect((await ask(before, "/api/v1/products")).status).toBe(401);
  const session = await logIn(service.url, { ...person, password });
  expect(await (await ask(session, "/api/v1/products")).json()).toMatchObject(refused);
});

it("another change of a person asks them for nothing", async () => {
  const person = await createPerson(service, "renamed@example.com", ["viewers"]);
  const session = await logIn(service.url, person);
  await service.send("PATCH", `/admin-users/${person.id}`, { name: "Renamed" });
  expect((await ask(session, "/api/v1/products")).status).toBe(200);
});

it("the first administrator chose their own password, and is asked for no other", async () => {
  const session = await logIn(service.url);
  expect((await ask(session, "/api/v1/products")).status).toBe(200);
  expect(
    (
      await postSession(service.url, {
        email: testAccess.adminEmail,
        password: testAccess.adminPassword,
      })
    ).status,
  ).toBe(204);
});
