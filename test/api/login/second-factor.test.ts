// The second factor: how it is turned on and off, and what its codes are worth.

import * as z from "zod";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { logIn, postSession, sendAs } from "../../support/browser-like.ts";
import { createGroup, createPerson, keyWith } from "../../support/people.ts";
import { codeOf, type Guarded, prepareFactor, turnOnFactor } from "../../support/second-factor.ts";
import { startTestApi, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestApi();
});
afterAll(() => service.stop());

const path = "/api/v1/session/second-factor";

const guarded = async (email: string): Promise<Guarded> =>
  turnOnFactor(service, await createPerson(service, email, ["viewers"]));

async function attempt({ person }: Guarded, code?: string) {
  const reply = await fetch(`${service.url}/api/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: service.url },
    body: JSON.stringify({ email: person.email, password: person.password, code }),
  });
  const cookies = reply.headers.getSetCookie();
  return { status: reply.status, text: await reply.text(), cookies, headers: reply.headers };
}

const statusOf = async (who: Guarded, code?: string) => (await attempt(who, code)).status;

describe("turning it on", () => {
  it("takes the password and a code, gives ten recovery codes, and ends the other sessions", async () => {
    const person = await createPerson(service, "careful@example.com");
    const [session, other] = [await logIn(service.url, person), await logIn(service.url, person)];
    const ask = (method: string, body: object) => sendAs(service.url, session, method, path, body);
    const refused = await ask("POST", { currentPassword: "a guess" });
    expect([refused.status, await refused.json()]).toMatchObject([
      422,
      { errors: [{ pointer: "/currentPassword" }] },
    ]);
    expect((await ask("PUT", { code: "123456" })).status).toBe(409);
    const secret = await prepareFactor(service, session, person);
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    const wrong = await ask("PUT", { code: codeOf(secret, -3_600) });
    expect([wrong.status, await wrong.json()]).toMatchObject([
      422,
      { errors: [{ pointer: "/code" }] },
    ]);
    // Until it is on, the password alone does.
    expect((await postSession(service.url, person)).status).toBe(204);
    const on = await ask("PUT", { code: codeOf(secret) });
    const { recoveryCodes } = z
      .object({ recoveryCodes: z.array(z.string()) })
      .parse(await on.json());
    const [firstCode = ""] = recoveryCodes;
    expect(new Set(recoveryCodes).size).toBe(10);
    expect(firstCode).toMatch(/^(?:[0-9a-f]{4}-){4}[0-9a-f]{4}$/);
    expect((await sendAs(service.url, other, "GET", path)).status).toBe(401);
    const now = await sendAs(service.url, session, "GET", path);
    expect(await now.json()).toEqual({ since: expect.any(String), recoveryCodesLeft: 10 });
    expect((await ask("POST", { currentPassword: person.password })).status).toBe(409);
    const [row] = await service.sql<{ row: string }>(
      "select f::text as row from admin_second_factor f where user_id = $1",
      [person.id],
    );
    expect(row?.row).not.toContain(firstCode.replaceAll("-", ""));
  });
});

describe("a login with a second factor", () => {
  it("needs the code, and without it begins nothing", async () => {
    const who = await guarded("two-steps@example.com");
    const without = await attempt(who);
    expect(without).toMatchObject({ status: 401, cookies: [] });
    expect(JSON.parse(without.text)).toMatchObject({ type: "/problems/code-needed" });
    const wrongPassword = { ...who, person: { ...who.person, password: "a guess" } };
    const refused = await attempt(wrongPassword, codeOf(who.secret));
    expect(JSON.parse(refused.text)).toMatchObject({
      type: "/problems/unauthenticated",
    });
    expect(await statusOf(who, codeOf(who.secret))).toBe(204);
  });

  it("takes no code twice, and none that is older than one it took", async () => {
    const who = await guarded("replayed@example.com");
    const [code, before] = [codeOf(who.secret), codeOf(who.secret, -30)];
    expect(await statusOf(who, code)).toBe(204);
    expect(await statusOf(who, code)).toBe(401);
    expect(await statusOf(who, before)).toBe(401);
  });

  it("takes one code once, however many send it at the same moment", async () => {
    const who = await guarded("raced@example.com");
    const code = codeOf(who.secret);
    const statuses = await Promise.all([1, 2, 3, 4].map(() => statusOf(who, code)));
    expect(statuses.toSorted((a, b) => a - b)).toEqual([204, 401, 401, 401]);
  });

  it.each([
    ["the step before", -30, 204],
    ["the step after", 30, 204],
    ["two steps before", -60, 401],
    ["two steps after", 60, 401],
  ])("lets clocks differ by one step: %s", async (name, seconds, status) => {
    const who = await guarded(`${name.replaceAll(" ", "-")}@example.com`);
    // A step that ends between the making of a code and its arrival would make it another one's.
    await service.sql(
      "select pg_sleep(case when extract(epoch from now())::int % 30 > 26 then 4 else 0 end)",
    );
    expect(await statusOf(who, codeOf(who.secret, seconds))).toBe(status);
  });

  it("takes each recovery code once, as typed, and at the same moment as well", async () => {
    const who = await guarded("phoneless@example.com");
    const [first = "", second = ""] = who.recoveryCodes;
    expect(await statusOf(who, ` ${first.toUpperCase().replaceAll("-", " ")} `)).toBe(204);
    expect(await statusOf(who, first)).toBe(401);
    // All three have come as far as the factor's row before any of them goes on.
    await service.sql("begin");
    await service.sql("select from admin_second_factor where user_id = $1 for update", [
      who.person.id,
    ]);
    const sent = Promise.all([1, 2, 3].map(() => statusOf(who, second)));
    await vi.waitFor(
      async () => {
        // Inside a transaction, what is waiting is read once unless it is forgotten.
        await service.sql("select pg_stat_clear_snapshot()");
        const waiting = await service.sql(
          "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
        );
        expect(waiting).toHaveLength(3);
      },
      { timeout: 10_000, interval: 10 },
    );
    await service.sql("commit");
    expect((await sent).toSorted((a, b) => a - b)).toEqual([204, 401, 401]);
    const left = await sendAs(service.url, await loggedIn(who), "GET", path);
    expect(await left.json()).toMatchObject({ recoveryCodesLeft: 8 });
  });

  it("takes no more codes of an account after ten wrong ones, wherever they come from", async () => {
    const who = await guarded("guessed@example.com");
    for (let round = 0; round < 10; round += 1) {
      expect(await statusOf(who, `${100_000 + round}`)).toBe(401);
    }
    const paused = await attempt(who, codeOf(who.secret));
    expect(paused.status).toBe(429);
    expect(Number(paused.headers.get("retry-after"))).toBe(900);
    expect(await statusOf(who, who.recoveryCodes[0])).toBe(429);
    await service.sql(
      "update admin_second_factor set failures_since = now() - interval '16 minutes' where user_id = $1",
      [who.person.id],
    );
    expect(await statusOf(who, codeOf(who.secret))).toBe(204);
  });

  it("of somebody who has none ignores a code", async () => {
    const person = await createPerson(service, "single@example.com");
    expect(await statusOf({ person, recoveryCodes: [], secret: "", session: nobody }, "1")).toBe(
      204,
    );
  });
});

const nobody = { cookie: "", setCookie: "" };

async function loggedIn(who: Guarded) {
  const { cookies } = await attempt(who, codeOf(who.secret));
  return { cookie: cookies[0]?.split(";")[0] ?? "", setCookie: "" };
}

describe("turning it off", () => {
  it("takes the password and a code of one's own", async () => {
    const who = await guarded("relaxed@example.com");
    const off = async (body: object) =>
      (await sendAs(service.url, who.session, "POST", `${path}/removal`, body)).status;
    const currentPassword = who.person.password;
    expect(await off({ currentPassword: "a guess", code: codeOf(who.secret) })).toBe(422);
    expect(await off({ currentPassword, code: "000000" })).toBe(422);
    expect(await statusOf(who)).toBe(401);
    expect(await off({ currentPassword, code: codeOf(who.secret) })).toBe(204);
    expect(await statusOf(who)).toBe(204);
    const now = await sendAs(service.url, who.session, "GET", path);
    expect(await now.json()).toEqual({ since: null, recoveryCodesLeft: 0 });
  });

  it("for somebody else takes the right to give them a password, and ends their sessions", async () => {
    const who = await guarded("lost-phone@example.com");
    const address = `/admin-users/${who.person.id}`;
    expect((await service.send("GET", address)).body).toMatchObject({ hasSecondFactor: true });
    const lesser = await keyWith(service, ["admin:read", "admin:write"]);
    const beyond = await service.send("DELETE", `${address}/second-factor`, undefined, lesser);
    expect(beyond.status).toBe(403);
    const reader = await keyWith(service, ["admin:read"]);
    const denied = await service.send("DELETE", `${address}/second-factor`, undefined, reader);
    expect(denied.status).toBe(403);
    expect(await statusOf(who)).toBe(401);
    expect((await service.send("DELETE", `${address}/second-factor`)).status).toBe(204);
    expect((await sendAs(service.url, who.session, "GET", path)).status).toBe(401);
    expect((await service.send("GET", address)).body).toMatchObject({ hasSecondFactor: false });
    expect(await statusOf(who)).toBe(204);
    expect((await service.send("DELETE", `${address}/second-factor`)).status).toBe(204);
  });

  it("of one's own is not done by the right to do so for others", async () => {
    await createGroup(service, "people", ["admin:read", "admin:write"]);
    const who = await turnOnFactor(
      service,
      await createPerson(service, "self@example.com", ["people"]),
    );
    const own = `/api/v1/admin-users/${who.person.id}/second-factor`;
    expect((await sendAs(service.url, who.session, "DELETE", own)).status).toBe(409);
    expect(await statusOf(who)).toBe(401);
  });
});

it("a new password from an administrator leaves the second factor as it is", async () => {
  const who = await guarded("kept@example.com");
  const password = "a new one for kept";
  await service.send("PATCH", `/admin-users/${who.person.id}`, { password });
  const renewed = { ...who, person: { ...who.person, password } };
  expect(await statusOf(renewed)).toBe(401);
  expect(await statusOf(renewed, codeOf(who.secret))).toBe(204);
});
