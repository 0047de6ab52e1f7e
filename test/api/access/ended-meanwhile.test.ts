// Requests that were let in before their session, key or password was ended, and are carried out after it. A lock
// that the test holds makes the order certain: what ended them comes first.

import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { advisoryLocks } from "../../../src/db/advisory-locks.ts";
import { logIn, postSession, sendAs } from "../../support/browser-like.ts";
import { createPerson, keyWith } from "../../support/people.ts";
import { startTestApi, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestApi();
});
afterAll(() => service.stop());

/** Resolves when so many requests wait for a lock of the database. */
const untilWaiting = (count: number) =>
  vi.waitFor(
    async () => {
      const waiting = await service.sql(
        "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      );
      expect(waiting).toHaveLength(count);
    },
    { timeout: 10_000, interval: 10 },
  );

/** Sends both while changes of access are held up, so that the first is carried out before the second. */
async function oneAfterTheOther<First, Second>(
  first: () => Promise<First>,
  second: () => Promise<Second>,
): Promise<[First, Second]> {
  await service.sql("select pg_advisory_lock($1)", [advisoryLocks.accessChange]);
  try {
    const earlier = first();
    await untilWaiting(1);
    const later = second();
    await untilWaiting(2);
    await service.sql("select pg_advisory_unlock_all()");
    return await Promise.all([earlier, later]);
  } finally {
    await service.sql("select pg_advisory_unlock_all()");
  }
}

describe("whoever knows somebody's password", () => {
  it("does not outlive an administrator's reset by changing it at the same moment", async () => {
    const person = await createPerson(service, "victim@example.com", ["viewers"]);
    const intruder = await logIn(service.url, person);
    const path = "/api/v1/session/password";
    const theirs = { currentPassword: person.password, newPassword: "the intruder's own" };
    const reset = { password: "set by the administrator" };
    const holding = service
      .sql("begin")
      .then(() => service.sql("select from admin_user where id = $1 for update", [person.id]));
    await holding;
    const administrators = service.send("PATCH", `/admin-users/${person.id}`, reset);
    await untilWaiting(1);
    const intruders = sendAs(service.url, intruder, "PUT", path, theirs);
    await untilWaiting(2);
    await service.sql("commit");
    expect((await administrators).status).toBe(200);
    expect((await intruders).status).toBe(401);
    const logInWith = (password: string) =>
      postSession(service.url, { email: person.email, password });
    expect((await logInWith(theirs.newPassword)).status).toBe(401);
    expect((await logInWith(reset.password)).status).toBe(204);
    expect((await sendAs(service.url, intruder, "GET", "/api/v1/session")).status).toBe(401);
  });

  it("makes no key with a session that a reset has ended", async () => {
    const person = await createPerson(service, "lost@example.com", ["administrators"]);
    const intruder = await logIn(service.url, person);
    const key = { name: "a way back in", scopes: ["admin:write"] };
    const [reset, made] = await oneAfterTheOther(
      () => service.send("PATCH", `/admin-users/${person.id}`, { password: "another password" }),
      () => sendAs(service.url, intruder, "POST", "/api/v1/api-keys", key),
    );
    expect([reset.status, made.status]).toEqual([200, 401]);
    expect(JSON.stringify((await service.send("GET", "/api-keys")).body)).not.toContain(key.name);
  });
});

describe("a person", () => {
  it("makes nobody an administrator after they were disabled", async () => {
    const leaver = await createPerson(service, "leaver@example.com", ["administrators"]);
    const friend = await createPerson(service, "friend@example.com");
    const session = await logIn(service.url, leaver);
    const [disabled, given] = await oneAfterTheOther(
      () => service.send("PATCH", `/admin-users/${leaver.id}`, { enabled: false }),
      () =>
        sendAs(
          service.url,
          session,
          "PUT",
          `/api/v1/admin-groups/administrators/members/${friend.id}`,
        ),
    );
    expect([disabled.status, given.status]).toEqual([200, 401]);
    expect((await service.send("GET", `/admin-users/${friend.id}`)).body).toMatchObject({
      groups: [],
    });
  });

  it("gives nothing that was taken from their group meanwhile", async () => {
    await service.send("PUT", "/admin-groups/clerks", {
      name: "Clerks",
      permissions: ["admin:write", "orders:manage"],
    });
    const clerk = await createPerson(service, "clerk@example.com", ["clerks"]);
    const session = await logIn(service.url, clerk);
    const [weakened, made] = await oneAfterTheOther(
      () =>
        service.send("PUT", "/admin-groups/clerks", {
          name: "Clerks",
          permissions: ["admin:write"],
        }),
      () =>
        sendAs(service.url, session, "POST", "/api/v1/api-keys", {
          name: "too much",
          scopes: ["orders:manage"],
        }),
    );
    expect([weakened.status, made.status]).toEqual([200, 403]);
  });
});

it("a key makes no other key after it was revoked", async () => {
  const { authorization } = await keyWith(service, ["admin:read", "admin:write"]);
  const [row] = await service.sql<{ id: string }>(
    "select id from api_key where prefix = split_part($1, '_', 2)",
    [authorization],
  );
  const [revoked, made] = await oneAfterTheOther(
    () => service.send("DELETE", `/api-keys/${row?.id}`),
    () =>
      service.send(
        "POST",
        "/api-keys",
        { name: "its heir", scopes: ["admin:read"] },
        { authorization },
      ),
  );
  expect([revoked.status, made.status]).toEqual([204, 401]);
});
