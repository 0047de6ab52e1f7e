// The page on which somebody chooses a password by a link: once, and with no way around their second factor.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPasswordLink } from "../../../src/api/auth/password-link.ts";
import { insertPasswordLink } from "../../../src/db/access/linked-person.ts";
import { postSession, sendAs } from "../../support/browser-like.ts";
import { createPerson, type Person } from "../../support/people.ts";
import { turnOnFactor } from "../../support/second-factor.ts";
import { startTestApi, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestApi();
});
afterAll(() => service.stop());

async function linkFor({ id }: Person, now = Date.now()): Promise<string> {
  const { path, stored } = createPasswordLink(now);
  await insertPasswordLink(service.sql, id, stored);
  return path;
}

const open = (link: string) => fetch(`${service.url}${link}`);

async function choose(link: string, password: string, repeated = password, origin = service.url) {
  const token = new URLSearchParams(link.split("?")[1]).get("token") ?? "";
  const reply = await fetch(`${service.url}/admin/login/password`, {
    method: "POST",
    redirect: "manual",
    headers: { origin },
    body: new URLSearchParams({ token, password, repeated }),
  });
  const cookie = reply.headers
    .getSetCookie()
    .map((set) => set.split(";")[0] ?? "")
    .join("; ");
  const location = reply.headers.get("location");
  return { status: reply.status, location, cookie, html: await reply.text() };
}

const chosen = "four words of their own";

describe("a link for a password", () => {
  it("opens a page that names the account, and the password that is chosen there logs in at once", async () => {
    const person = await createPerson(service, "new@example.com", ["viewers"], {
      mustChangePassword: true,
    });
    const link = await linkFor(person);
    const page = await open(link);
    expect([page.status, page.headers.get("cache-control")]).toEqual([200, "no-store"]);
    expect(await page.text()).toMatch(/new@example\.com.*autocomplete="new-password"/s);
    const reply = await choose(link, chosen);
    expect(reply).toMatchObject({ status: 303, location: "/admin" });
    const session = { cookie: reply.cookie, setCookie: "" };
    // They chose it themselves, so they are not asked for another one.
    expect((await sendAs(service.url, session, "GET", "/api/v1/products")).status).toBe(200);
    expect((await postSession(service.url, { ...person, password: chosen })).status).toBe(204);
    expect((await postSession(service.url, person)).status).toBe(401);
    const record = `select actor, after ->> 'address' as address, request_id is not null as "hasRequest"
      from act where kind = 'account.passwordChosen'`;
    expect(await service.sql(record)).toEqual([
      { actor: "user:new@example.com", address: "127.0.0.1", hasRequest: true },
    ]);
  });

  it("works once, also for two who use it at the same moment", async () => {
    const person = await createPerson(service, "once@example.com", ["viewers"]);
    const link = await linkFor(person);
    const passwords = ["the first of two passwords", "the second of two passwords"];
    const replies = await Promise.all(passwords.map((password) => choose(link, password)));
    expect(replies.map(({ status }) => status).toSorted()).toEqual([303, 401]);
    expect((await open(link)).status).toBe(401);
    expect(await choose(link, chosen)).toMatchObject({
      status: 401,
      html: expect.stringContaining("does not work any more"),
    });
    const winner = passwords[replies.findIndex(({ status }) => status === 303)] ?? "";
    expect((await postSession(service.url, { ...person, password: winner })).status).toBe(204);
  });

  it("is stored in a way that opens nothing", async () => {
    const person = await createPerson(service, "stolen@example.com", ["viewers"]);
    await linkFor(person);
    const [stored] = await service.sql<{ texts: string[] }>(
      `select array[encode(l.token_hash, 'hex'), encode(l.token_hash, 'base64'), u.password_hash, u.id::text] as texts
       from password_link l join admin_user u on u.id = l.user_id where u.id = $1`,
      [person.id],
    );
    expect(stored?.texts).toHaveLength(4);
    for (const text of stored?.texts ?? []) {
      const base64url = text.replaceAll("+", "-").replaceAll("/", "_").replace("=", "");
      for (const token of [text, base64url, text.slice(0, 43)]) {
        const link = `/admin/login/password?token=${encodeURIComponent(token)}`;
        expect((await open(link)).status).toBe(401);
      }
    }
  });

  it("is over after its time, for a disabled person, and when a password was set otherwise", async () => {
    const person = await createPerson(service, "over@example.com", ["viewers"]);
    const old = await linkFor(person, Date.now() - 73 * 3_600_000);
    expect((await choose(old, chosen)).status).toBe(401);
    const link = await linkFor(person);
    await service.sql("update admin_user set enabled = false where id = $1", [person.id]);
    expect([(await open(link)).status, (await choose(link, chosen)).status]).toEqual([401, 401]);
    await service.sql("update admin_user set enabled = true where id = $1", [person.id]);
    expect((await open(link)).status).toBe(200);
    await service.sql("update admin_user set password_hash = 'x' || password_hash where id = $1", [
      person.id,
    ]);
    expect([(await open(link)).status, (await choose(link, chosen)).status]).toEqual([401, 401]);
  });

  it("refuses a password that is short, easily guessed or typed in two ways, and goes on working", async () => {
    const person = await createPerson(service, "weak@example.com", ["viewers"]);
    const link = await linkFor(person);
    const refused = [
      [await choose(link, "short"), /10 to 200 characters/],
      [await choose(link, "1234567890"), /easily guessed/],
      [await choose(link, chosen, "other words of their own"), /two passwords differ/],
    ] as const;
    for (const [{ status, html, cookie }, message] of refused) {
      expect([status, cookie]).toEqual([422, ""]);
      expect(html).toMatch(message);
    }
    expect((await choose(link, chosen)).status).toBe(303);
  });

  it("does not replace the second factor: the next page asks for its code", async () => {
    const person = await createPerson(service, "guarded@example.com", ["viewers"]);
    await turnOnFactor(service, person);
    const reply = await choose(await linkFor(person), chosen);
    expect(reply).toMatchObject({
      status: 303,
      location: expect.stringMatching(/^\/admin\/login\/code/),
    });
    const session = { cookie: reply.cookie, setCookie: "" };
    expect((await sendAs(service.url, session, "GET", "/api/v1/products")).status).toBe(401);
  });

  it("takes a form of this site only", async () => {
    const person = await createPerson(service, "cross@example.com", ["viewers"]);
    const link = await linkFor(person);
    const foreign = await choose(link, chosen, chosen, "http://other.example");
    expect(foreign.status).toBe(403);
    expect((await open(link)).status).toBe(200);
  });
});
