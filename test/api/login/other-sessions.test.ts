// Whoever is logged in sees where else they are, and can end that.

import { randomUUID } from "node:crypto";
import * as z from "zod";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type LoggedIn, logIn, postSession, sendAs } from "../../support/browser-like.ts";
import { createPerson, type Person } from "../../support/people.ts";
import { startTestApi, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestApi();
});
afterAll(() => service.stop());

const list = z.strictObject({
  data: z.array(
    z.strictObject({
      id: z.uuid(),
      loggedInAt: z.iso.datetime(),
      seenAt: z.iso.datetime(),
      address: z.string().nullable(),
      userAgent: z.string().nullable(),
    }),
  ),
});

const others = (session: LoggedIn, method = "GET", id = "") =>
  sendAs(service.url, session, method, `/api/v1/session/others${id}`);

const listed = async (session: LoggedIn) => list.parse(await (await others(session)).json()).data;

const isAlive = async (session: LoggedIn) =>
  (await sendAs(service.url, session, "GET", "/api/v1/session")).status === 200;

async function logInAs(person: Person, userAgent: string): Promise<LoggedIn> {
  const reply = await postSession(service.url, person, { "user-agent": userAgent });
  const [setCookie = ""] = reply.headers.getSetCookie();
  return { cookie: setCookie.split(";")[0] ?? "", setCookie };
}

it("one's other sessions are listed, those used last first, and nobody else's", async () => {
  const person = await createPerson(service, "lister@example.com");
  const [desk, phone] = [await logInAs(person, "Desk"), await logInAs(person, "Phone")];
  await logIn(service.url);
  await service.sql(
    "update admin_session set seen_at = now() - interval '1 hour' where user_agent = 'Phone'",
  );
  await logInAs(person, "Till");
  expect(await listed(desk)).toMatchObject([
    { userAgent: "Till", address: "127.0.0.1" },
    { userAgent: "Phone", address: "127.0.0.1" },
  ]);
  // Being used again, it is the one that was seen last.
  expect(await isAlive(phone)).toBe(true);
  expect((await listed(desk)).map(({ userAgent }) => userAgent)).toEqual(["Phone", "Till"]);
  await service.sql("update admin_session set expires_at = now() where user_agent = 'Till'");
  expect(await listed(desk)).toHaveLength(1);
});

it("what a browser says of itself is cut, and loses what can't be printed", async () => {
  const person = await createPerson(service, "liar@example.com");
  const session = await logIn(service.url, person);
  await logInAs(person, `<b>\t\u00e9\u0081${"x".repeat(5_000)}`);
  const [other] = await listed(session);
  expect(other?.userAgent).toBe(`<b>${"x".repeat(297)}`);
});

it("one other session is ended by its id, which opens nothing itself", async () => {
  const person = await createPerson(service, "ender@example.com");
  const [mine, other] = [await logInAs(person, "Mine"), await logInAs(person, "Other")];
  const [{ id } = { id: "" }] = await listed(mine);
  expect(await isAlive({ cookie: `tallyman_session=${id}`, setCookie: "" })).toBe(false);
  expect((await others(mine, "DELETE", `/${id}`)).status).toBe(204);
  expect([await isAlive(mine), await isAlive(other)]).toEqual([true, false]);
  expect((await others(mine, "DELETE", `/${id}`)).status).toBe(404);
});

it("no id ends the session that asks, or one of somebody else", async () => {
  const person = await createPerson(service, "curious@example.com");
  const [session, own] = [await logInAs(person, "One"), await logInAs(person, "Two")];
  const admin = await logIn(service.url);
  const [ownId, adminId] = await Promise.all(
    [own, admin].map(async ({ cookie }) => {
      const token = cookie.slice(cookie.indexOf("=") + 1);
      const [row] = await service.sql<{ id: string }>(
        "select id from admin_session where token_hash = sha256($1)",
        [token],
      );
      return row?.id ?? "";
    }),
  );
  expect((await others(own, "DELETE", `/${ownId}`)).status).toBe(404);
  expect((await others(session, "DELETE", `/${adminId}`)).status).toBe(404);
  expect((await others(session, "DELETE", `/${randomUUID()}`)).status).toBe(404);
  expect((await others(session, "DELETE", "/x")).status).toBe(422);
  expect([await isAlive(own), await isAlive(admin)]).toEqual([true, true]);
});

it("all others end at once, and the one that asks goes on", async () => {
  const person = await createPerson(service, "cleaner@example.com");
  const sessions: LoggedIn[] = [];
  for (const name of ["A", "B", "C"]) sessions.push(await logInAs(person, name));
  const [mine, ...rest] = sessions;
  if (mine === undefined) throw new Error("There are three sessions.");
  const admin = await logIn(service.url);
  expect((await others(mine, "DELETE")).status).toBe(204);
  expect(await Promise.all(rest.map(isAlive))).toEqual([false, false]);
  expect([await isAlive(mine), await isAlive(admin)]).toEqual([true, true]);
  expect(await listed(mine)).toEqual([]);
  // Who was ended can end nobody.
  for (const ended of rest) expect((await others(ended, "DELETE")).status).toBe(401);
});

it("a page of another site, a key and nobody at all can neither see nor end a session", async () => {
  const session = await logIn(service.url);
  const url = `${service.url}/api/v1/session/others`;
  const headers = { cookie: session.cookie, origin: "https://evil.example" };
  expect((await fetch(url, { method: "DELETE", headers })).status).toBe(403);
  expect((await service.send("GET", "/session/others")).status).toBe(401);
  expect((await service.send("DELETE", "/session/others")).status).toBe(401);
  expect((await fetch(url)).status).toBe(401);
  expect((await fetch(url, { method: "PATCH" })).status).toBe(401);
  expect((await others(session, "POST")).status).toBe(405);
});
