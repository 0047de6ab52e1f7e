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
