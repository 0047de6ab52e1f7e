// A service that people reach over TLS, through a proxy: the names of its cookies, and what it tells browsers.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { logIn, sendAs } from "../../support/browser-like.ts";
import { createPerson } from "../../support/people.ts";
import { turnOnFactor } from "../../support/second-factor.ts";
import { startTestService, testAccess, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestService({
    roles: ["api"],
    environment: { PUBLIC_URL: "https://stock.example.com" },
  });
});
afterAll(() => service.stop());

describe("the session cookie over TLS", () => {
  it("has a name that browsers take from this host alone, and works", async () => {
    const session = await logIn(service.url);
    expect(session.setCookie).toMatch(/^__Host-tallyman_session=[\w-]{43};/);
    for (const part of ["; Path=/;", "; HttpOnly", "; Secure", "; SameSite=Lax"]) {
      expect(`${session.setCookie};`).toContain(part);
    }
    expect(session.setCookie).not.toContain("Domain");
    expect((await sendAs(service.url, session, "GET", "/api/v1/session")).status).toBe(200);
    const others = await sendAs(service.url, session, "GET", "/api/v1/session/others");
    expect(others.status).toBe(200);
  });

  it("counts under no other name, which another host of the domain could set", async () => {
    const session = await logIn(service.url);
    const planted = { ...session, cookie: session.cookie.replace("__Host-", "") };
    expect((await sendAs(service.url, planted, "GET", "/api/v1/session")).status).toBe(401);
    const both = { ...session, cookie: `tallyman_session=${"A".repeat(43)}; ${session.cookie}` };
    expect((await sendAs(service.url, both, "GET", "/api/v1/session")).status).toBe(200);
  });

  it("is cleared by its own name, and the session ends", async () => {
    const session = await logIn(service.url);
    const logout = await sendAs(service.url, session, "DELETE", "/api/v1/session");
    expect(logout.headers.getSetCookie()[0]).toMatch(/^__Host-tallyman_session=;.*; Secure/);
    expect((await sendAs(service.url, session, "GET", "/api/v1/session")).status).toBe(401);
  });

  it("of a login that waits for its code is taken over TLS only, too", async () => {
    const person = await createPerson(service, "guarded@example.com");
    await turnOnFactor(service, person);
    const reply = await fetch(`${service.url}/admin/login`, {
      method: "POST",
      headers: { origin: service.url },
      body: new URLSearchParams({ email: person.email, password: person.password }),
      redirect: "manual",
    });
    const [setCookie = ""] = reply.headers.getSetCookie();
    expect(setCookie).toMatch(/^__Secure-tallyman_login=[\w-]{43};.*; Secure/);
    const [cookie = ""] = setCookie.split(";");
    const page = await fetch(`${service.url}/admin/login/code`, {
      headers: { cookie },
      redirect: "manual",
    });
    expect(page.status).toBe(200);
  });
});

describe("Strict-Transport-Security", () => {
  it.each(["/api/v1/orders", "/api/v1/orders?limit=0", "/none", "/livez", "/docs", "/admin/login"])(
    "comes with %s",
    async (path) => {
      const reply = await fetch(`${service.url}${path}`, {
        headers: { authorization: `Bearer ${testAccess.apiKey}` },
      });
      expect(reply.headers.get("strict-transport-security")).toBe(
        "max-age=31536000; includeSubDomains",
      );
    },
  );

  it("comes with a refusal of strangers", async () => {
    const reply = await fetch(`${service.url}/api/v1/orders`);
    expect(reply.status).toBe(401);
    expect(reply.headers.has("strict-transport-security")).toBe(true);
  });
});
