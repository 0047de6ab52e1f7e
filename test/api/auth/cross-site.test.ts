import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LoggedIn, logIn } from "../../support/browser-like.ts";
import { startTestService, testAccess, type TestService } from "../../support/service.ts";

let service: TestService;
let session: LoggedIn;
beforeAll(async () => {
  service = await startTestService({
    roles: ["api"],
    environment: { PUBLIC_URL: "https://stock.example.com/" },
  });
  session = await logIn(service.url);
});
afterAll(() => service.stop());

/** Writes a group with these headers on top of the session's cookie. */
async function write(
  headers: Readonly<Record<string, string>>,
  method = "PUT",
  path = "/api/v1/admin-groups/written",
): Promise<{ status: number; type: unknown }> {
  const reply = await fetch(`${service.url}${path}`, {
    method,
    headers: { cookie: session.cookie, "content-type": "application/json", ...headers },
    ...(method === "GET" ? {} : { body: JSON.stringify({ name: "Written", permissions: [] }) }),
  });
  const text = await reply.text();
  return { status: reply.status, type: /"type":"([^"]+)"/.exec(text)?.[1] };
}

describe("a write with a session", () => {
  it.each([
    ["the browser calls the site another", { "sec-fetch-site": "cross-site" }],
    ["the site is a sibling", { "sec-fetch-site": "same-site" }],
    ["the origin is another", { origin: "https://evil.example" }],
    ["the origin is another port", { origin: "https://stock.example.com:8443" }],
    ["the origin is hidden", { origin: "null" }],
    ["the origin is no address", { origin: "stock.example.com" }],
    [
      "the origin is ours but the browser says otherwise",
      { origin: "https://stock.example.com", "sec-fetch-site": "cross-site" },
    ],
  ])("is refused where %s", async (_why, headers) => {
    expect(await write(headers)).toEqual({
      status: 403,
      type: "/problems/cross-site-request",
    });
    expect(await service.sql("select from admin_group where code = 'written'")).toHaveLength(0);
  });

  it.each(["POST", "PATCH", "DELETE"])(
    "is refused for %s, also where nothing is there",
    async (method) => {
      const { status } = await write({ origin: "https://evil.example" }, method, "/api/v1/nowhere");
      expect(status).toBe(403);
    },
  );

  it("is refused to log in, to log out and to change the password", async () => {
    const evil = { origin: "https://evil.example" };
    expect((await write(evil, "POST", "/api/v1/session")).status).toBe(403);
    expect((await write(evil, "DELETE", "/api/v1/session")).status).toBe(403);
    expect((await write(evil, "PUT", "/api/v1/session/password")).status).toBe(403);
    expect((await write(evil, "POST", "/admin/logout")).status).toBe(403);
    expect((await write({}, "GET", "/api/v1/session")).status).toBe(200);
  });

  it.each([
    ["the browser says it is our own page", { "sec-fetch-site": "same-origin" }],
    ["the origin is the public address", { origin: "https://stock.example.com" }],
    ["it comes from no page", { "sec-fetch-site": "none" }],
    ["it comes from no browser", {}],
  ])("is taken where %s", async (_why, headers) => {
    expect([200, 201]).toContain((await write(headers)).status);
    await service.sql("delete from admin_group where code = 'written'");
  });

  it("is taken where the origin is the address that was asked", async () => {
    expect((await write({ origin: service.url })).status).toBe(201);
    await service.sql("delete from admin_group where code = 'written'");
  });
});

describe("other requests", () => {
  it("may come from anywhere where they only read", async () => {
    const { status } = await write({ "sec-fetch-site": "cross-site" }, "GET", "/api/v1/session");
    expect(status).toBe(200);
  });

  it("may come from anywhere with an API key, which no browser sends by itself", async () => {
    const headers = {
      authorization: `Bearer ${testAccess.apiKey}`,
      origin: "https://shop.example.com",
      "sec-fetch-site": "cross-site",
    };
    expect((await write(headers)).status).toBe(201);
    await service.sql("delete from admin_group where code = 'written'");
  });

  it("with a wrong key are refused, even with a session beside it", async () => {
    const { status } = await write(
      { authorization: `Bearer tm_testtest_${"x".repeat(32)}` },
      "GET",
      "/api/v1/mails",
    );
    expect(status).toBe(401);
  });

  it("of another site's page are granted nothing by CORS", async () => {
    const reply = await fetch(`${service.url}/api/v1/session`, {
      headers: { cookie: session.cookie, origin: "https://evil.example" },
    });
    expect(reply.headers.get("access-control-allow-origin")).toBeNull();
    const preflight = await fetch(`${service.url}/api/v1/admin-groups/written`, {
      method: "OPTIONS",
      headers: { origin: "https://evil.example", "access-control-request-method": "PUT" },
    });
    expect(preflight.headers.get("access-control-allow-origin")).toBeNull();
  });
});
