import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { logIn, postSession, sendAs } from "../../support/browser-like.ts";
import { createPerson } from "../../support/people.ts";
import {
  startTestApi,
  startTestService,
  testAccess,
  type TestService,
} from "../../support/service.ts";

const admin = { email: testAccess.adminEmail, password: testAccess.adminPassword };
const wrong = { email: testAccess.adminEmail, password: "not the password" };

let service: TestService;
beforeAll(async () => {
  service = await startTestApi();
});
afterAll(() => service.stop());

describe("a session", () => {
  it("tells who is logged in and what they may do", async () => {
    const reply = await sendAs(service.url, await logIn(service.url), "GET", "/api/v1/session");
    expect(reply.status).toBe(200);
    const body: unknown = await reply.json();
    expect(body).toMatchObject({
      email: admin.email,
      groups: ["administrators", "store-managers"],
    });
    expect(body).toHaveProperty("permissions", expect.arrayContaining(["admin:write"]));
  });

  it("opens the endpoints that its user's groups permit, and no others", async () => {
    const viewer = await createPerson(service, "viewer@example.com", ["viewers"]);
    const session = await logIn(service.url, viewer);
    expect((await sendAs(service.url, session, "GET", "/api/v1/mails")).status).toBe(200);
    expect((await sendAs(service.url, session, "GET", "/api/v1/admin-users")).status).toBe(403);
  });

  it("is new at each login, and the browser's former one ends", async () => {
    const first = await logIn(service.url);
    const again = await postSession(service.url, admin, { cookie: first.cookie });
    const [second = ""] = (again.headers.getSetCookie()[0] ?? "").split(";");
    expect(second).not.toBe(first.cookie);
    expect((await sendAs(service.url, first, "GET", "/api/v1/session")).status).toBe(401);
    const { status } = await sendAs(
      service.url,
      { ...first, cookie: second },
      "GET",
      "/api/v1/session",
    );
    expect(status).toBe(200);
  });

  it("never takes over a token that came with the login", async () => {
    const planted = `tallyman_session=${"A".repeat(43)}`;
    const reply = await postSession(service.url, admin, { cookie: planted });
    expect(reply.headers.getSetCookie()[0]).not.toContain(planted);
    const { status } = await sendAs(
      service.url,
      { cookie: planted, setCookie: "" },
      "GET",
      "/api/v1/session",
    );
    expect(status).toBe(401);
  });

  it("is dead after the logout, and its cookie is cleared", async () => {
    const session = await logIn(service.url);
    const logout = await sendAs(service.url, session, "DELETE", "/api/v1/session");
    expect(logout.status).toBe(204);
    expect(logout.headers.getSetCookie()[0]).toMatch(
      /^tallyman_session=;.*Expires=Thu, 01 Jan 1970/,
    );
    expect((await sendAs(service.url, session, "GET", "/api/v1/session")).status).toBe(401);
    expect((await sendAs(service.url, session, "GET", "/api/v1/mails")).status).toBe(401);
  });

  it("dies at once when its user is disabled, and is not revived with them", async () => {
    const person = await createPerson(service, "leaver@example.com", ["viewers"]);
    const session = await logIn(service.url, person);
    const path = `/admin-users/${person.id}`;
    expect((await service.send("PATCH", path, { enabled: false })).status).toBe(200);
    expect((await sendAs(service.url, session, "GET", "/api/v1/mails")).status).toBe(401);
    expect((await postSession(service.url, person)).status).toBe(401);
    expect((await service.send("PATCH", path, { enabled: true })).status).toBe(200);
    expect((await sendAs(service.url, session, "GET", "/api/v1/mails")).status).toBe(401);
  });

  it("loses a permission as soon as its user's group does", async () => {
    await service.send("PUT", "/admin-groups/mail-readers", {
      name: "Mail readers",
      permissions: ["mails:read"],
    });
    const person = await createPerson(service, "reader@example.com", ["mail-readers"]);
    const session = await logIn(service.url, person);
    expect((await sendAs(service.url, session, "GET", "/api/v1/mails")).status).toBe(200);
    await service.send("PUT", "/admin-groups/mail-readers", { name: "None", permissions: [] });
    expect((await sendAs(service.url, session, "GET", "/api/v1/mails")).status).toBe(403);
  });

  it("ends when it has run out, and lives on while it is used", async () => {
    const [used, idle] = [await logIn(service.url), await logIn(service.url)];
    const inSeconds = (seconds: number) =>
      service.sql("update admin_session set expires_at = now() + make_interval(secs => $1)", [
        seconds,
      ]);
    await inSeconds(60);
    expect((await sendAs(service.url, used, "GET", "/api/v1/session")).status).toBe(200);
    const [{ extended } = { extended: 0 }] = await service.sql<{ extended: number }>(
      "select count(*)::int as extended from admin_session where expires_at > now() + interval '11 hours'",
    );
    expect(extended).toBe(1);
    await service.sql(
      "update admin_session set expires_at = now() where expires_at < now() + interval '1 hour'",
    );
    expect((await sendAs(service.url, idle, "GET", "/api/v1/session")).status).toBe(401);
    expect((await sendAs(service.url, used, "GET", "/api/v1/session")).status).toBe(200);
  });

  it("ends after a week, however much it is used", async () => {
    const session = await logIn(service.url);
    await service.sql(
      "update admin_session set created_at = now() - interval '167 hours', expires_at = now() + interval '5 minutes'",
    );
    expect((await sendAs(service.url, session, "GET", "/api/v1/session")).status).toBe(200);
    const [{ hours } = { hours: 0 }] = await service.sql<{ hours: number }>(
      "select max(extract(epoch from expires_at - now()) / 3600)::float as hours from admin_session",
    );
    expect(hours).toBeGreaterThan(0.9);
    expect(hours).toBeLessThanOrEqual(1);
  });

  it("is stored as a hash: the token is in no row", async () => {
    const { cookie } = await logIn(service.url);
    const token = cookie.slice(cookie.indexOf("=") + 1);
    const rows = await service.sql<{ row: string }>(
      "select s::text || encode(token_hash, 'escape') as row from admin_session s",
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ row }) => row.includes(token))).toEqual([]);
  });
});

describe("the session cookie", () => {
  it("is hidden from scripts and from writes of other sites", async () => {
    const { setCookie } = await logIn(service.url);
    expect(setCookie).toMatch(/; HttpOnly/);
    expect(setCookie).toMatch(/; SameSite=Lax/);
    expect(setCookie).toMatch(/; Path=\//);
    expect(setCookie).not.toMatch(/; Secure/);
  });

  it("is sent over TLS only, where the service is reached over TLS", async () => {
    const secure = await startTestService({
      roles: ["api"],
      environment: { PUBLIC_URL: "https://stock.example.com" },
    });
    try {
      const { setCookie } = await logIn(secure.url);
      expect(setCookie).toMatch(/; Secure/);
    } finally {
      await secure.stop();
    }
  });

  it("is sent over TLS only, where a trusted proxy says the request came so", async () => {
    const proxied = await startTestService({ roles: ["api"], environment: { TRUST_PROXY: "1" } });
    try {
      const headers = { "x-forwarded-proto": "https" };
      const [setCookie] = (await postSession(proxied.url, admin, headers)).headers.getSetCookie();
      expect(setCookie).toMatch(/; Secure/);
      const [untrusted] = (await postSession(service.url, admin, headers)).headers.getSetCookie();
      expect(untrusted).not.toMatch(/; Secure/);
    } finally {
      await proxied.stop();
    }
  });
});

describe("a failed login", () => {
  it("looks the same for an unknown address, a wrong password and a disabled user", async () => {
    const person = await createPerson(service, "disabled@example.com");
    await service.send("PATCH", `/admin-users/${person.id}`, { enabled: false });
    const attempts = [wrong, { ...wrong, email: "nobody@example.com" }, person];
    const answers = await Promise.all(
      attempts.map(async (attempt) => {
        const reply = await postSession(service.url, attempt);
        return {
          status: reply.status,
          body: await reply.text(),
          cookies: reply.headers.getSetCookie(),
        };
      }),
    );
    expect(answers[0]).toMatchObject({ status: 401, cookies: [] });
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  it("takes as long for an unknown address as for a wrong password", async () => {
    const time = async (email: string) => {
      const times: number[] = [];
      for (let round = 0; round < 7; round += 1) {
        const started = performance.now();
        await postSession(service.url, { email, password: "not the password" });
        times.push(performance.now() - started);
      }
      return times.toSorted((a, b) => a - b)[3] ?? 0;
    };
    await createPerson(service, "timed@example.com");
    const [known, unknown] = [await time("timed@example.com"), await time("stranger@example.com")];
    // A password that is not compared answers in a tenth of the time.
    expect(unknown / known).toBeGreaterThan(0.4);
    expect(unknown / known).toBeLessThan(2.5);
  });

  it.each([
    [{ email: admin.email }],
    [{ ...admin, extra: true }],
    [{ email: { $ne: "" }, password: ["x"] }],
    [[admin]],
  ])("is refused with 422 where the body is %j", async (body) => {
    const reply = await fetch(`${service.url}/api/v1/session`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    expect(reply.status).toBe(422);
    expect(reply.headers.get("content-type")).toContain("application/problem+json");
  });

  it("does not mind quotes, operators and a NUL in the address", async () => {
    for (const email of ["' or 1=1 --", "a\u0000b@example.com", '"; drop table admin_user', "%"]) {
      const { status } = await postSession(service.url, { email, password: "anything" });
      expect([401, 422]).toContain(status);
    }
  });
});

describe("one's own password", () => {
  it("is changed by whoever gives the current one, and every other session ends", async () => {
    const person = await createPerson(service, "changer@example.com", ["viewers"]);
    const [here, elsewhere] = [await logIn(service.url, person), await logIn(service.url, person)];
    const reply = await sendAs(service.url, here, "PUT", "/api/v1/session/password", {
      currentPassword: person.password,
      newPassword: "quite another password",
    });
    expect(reply.status).toBe(204);
    expect((await sendAs(service.url, here, "GET", "/api/v1/session")).status).toBe(200);
    expect((await sendAs(service.url, elsewhere, "GET", "/api/v1/session")).status).toBe(401);
    expect((await postSession(service.url, person)).status).toBe(401);
    const changed = { email: person.email, password: "quite another password" };
    expect((await postSession(service.url, changed)).status).toBe(204);
  });

  it("stays where the current one is wrong or the new one too short", async () => {
    const person = await createPerson(service, "keeper@example.com", ["viewers"]);
    const session = await logIn(service.url, person);
    const attempt = (currentPassword: string, newPassword: string) =>
      sendAs(service.url, session, "PUT", "/api/v1/session/password", {
        currentPassword,
        newPassword,
      });
    const guessed = await attempt("a guess", "quite another password");
    expect(guessed.status).toBe(422);
    expect(await guessed.json()).toMatchObject({ errors: [{ pointer: "/currentPassword" }] });
    const short = await attempt(person.password, "short");
    expect(short.status).toBe(422);
    expect(await short.json()).toMatchObject({ errors: [{ pointer: "/newPassword" }] });
    expect((await postSession(service.url, person)).status).toBe(204);
  });
});
