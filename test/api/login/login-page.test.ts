import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { logIn, sendAs } from "../../support/browser-like.ts";
import { startTestApi, testAccess, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestApi();
});
afterAll(() => service.stop());

const admin = { email: testAccess.adminEmail, password: testAccess.adminPassword };

/** Sends the form as a browser does. */
function postForm(
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = { origin: service.url },
): Promise<Response> {
  return fetch(`${service.url}/admin/login`, {
    method: "POST",
    redirect: "manual",
    headers,
    body: new URLSearchParams(fields),
  });
}

describe("the login page", () => {
  it("is served without a script, under a policy that allows none, and is not kept", async () => {
    const page = await fetch(`${service.url}/admin/login`);
    const html = await page.text();
    expect(page.status).toBe(200);
    expect(html).not.toMatch(/<script|<style|\sstyle=|\son\w+=/i);
    expect(page.headers.get("content-security-policy")).toMatch(
      /default-src 'none'.*form-action 'self'.*frame-ancestors 'none'/,
    );
    expect(page.headers.get("x-content-type-options")).toBe("nosniff");
    expect(page.headers.get("cache-control")).toBe("no-store");
    expect(page.headers.get("x-powered-by")).toBeNull();
    // A stricter policy makes browsers post the form with `Origin: null`.
    expect(page.headers.get("referrer-policy")).toBe("same-origin");
  });

  it("links a stylesheet that exists", async () => {
    const html = await (await fetch(`${service.url}/admin/login`)).text();
    const href = /<link rel="stylesheet" href="([^"]+)">/.exec(html)?.[1] ?? "";
    const style = await fetch(`${service.url}${href}`);
    expect(style.status).toBe(200);
    expect(style.headers.get("content-type")).toContain("text/css");
    expect(await style.text()).toContain("prefers-color-scheme: dark");
  });

  it("logs a person in and leads them where they wanted to go", async () => {
    const reply = await postForm({ ...admin, next: "/admin/queues?x=1" });
    expect(reply.status).toBe(303);
    expect(reply.headers.get("location")).toBe("/admin/queues?x=1");
    const [cookie = ""] = (reply.headers.getSetCookie()[0] ?? "").split(";");
    const session = await sendAs(service.url, { cookie, setCookie: "" }, "GET", "/api/v1/session");
    expect(session.status).toBe(200);
  });

  it.each(["https://evil.example/", "//evil.example", "/\\evil.example"])(
    "never leads to another site, such as %s",
    async (next) => {
      expect((await postForm({ ...admin, next })).headers.get("location")).toBe("/admin");
      const page = await fetch(`${service.url}/admin/login?next=${encodeURIComponent(next)}`);
      expect(await page.text()).not.toContain("evil.example");
    },
  );

  it("says that something was wrong, keeps the address, and does not repeat the password", async () => {
    const reply = await postForm({
      email: "ada@example.com",
      password: "my dear secret",
      next: "/docs",
    });
    const html = await reply.text();
    expect(reply.status).toBe(401);
    expect(html).toContain('role="alert">The email or the password is wrong');
    expect(html).toContain('value="ada@example.com"');
    expect(html).toContain('name="next" value="/docs"');
    expect(html).not.toContain("my dear secret");
    expect(reply.headers.getSetCookie()).toEqual([]);
  });

  it("shows what was typed as text, whatever it looks like", async () => {
    const html = await (
      await postForm({ email: '"><img src=x onerror=alert(1)>', password: "x" })
    ).text();
    expect(html).not.toContain("<img");
    expect(html).toContain("&quot;&gt;&lt;img src=x onerror=alert(1)&gt;");
  });

  it("treats a form that lacks something, or is none, as a wrong password", async () => {
    expect((await postForm({})).status).toBe(401);
    expect((await postForm({ email: "a\u0000b@example.com", password: "x" })).status).toBe(401);
    const json = await fetch(`${service.url}/admin/login`, {
      method: "POST",
      headers: { origin: service.url, "content-type": "application/json" },
      body: JSON.stringify(admin),
    });
    expect(json.status).toBe(401);
  });

  it("leads a person on who is logged in already", async () => {
    const reply = await sendAs(
      service.url,
      await logIn(service.url),
      "GET",
      "/admin/login?next=/admin/queues",
    );
    expect([reply.status, reply.headers.get("location")]).toEqual([302, "/admin/queues"]);
  });

  it("is where a logout leads, and the session is over", async () => {
    const session = await logIn(service.url);
    const reply = await sendAs(service.url, session, "POST", "/admin/logout");
    expect([reply.status, reply.headers.get("location")]).toEqual([303, "/admin/login"]);
    expect((await sendAs(service.url, session, "GET", "/api/v1/session")).status).toBe(401);
  });

  it("is left through a page that asks first: a link alone logs nobody out", async () => {
    const session = await logIn(service.url);
    const page = await sendAs(service.url, session, "GET", "/admin/logout");
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<form method="post" action="/admin/logout">');
    expect((await sendAs(service.url, session, "GET", "/api/v1/session")).status).toBe(200);
  });

  it("refuses a form that another site's page posts, and says so", async () => {
    const reply = await postForm(admin, { origin: "https://evil.example" });
    expect(reply.status).toBe(403);
    expect(reply.headers.getSetCookie()).toEqual([]);
    expect(await reply.text()).toContain(
      "Expected a write to come from a page of this service itself",
    );
  });
});
