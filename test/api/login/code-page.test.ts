// The login in two pages: between them nothing is open.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { logIn, sendAs } from "../../support/browser-like.ts";
import { createPerson } from "../../support/people.ts";
import { codeOf, type Guarded, turnOnFactor } from "../../support/second-factor.ts";
import { startTestApi, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestApi();
});
afterAll(() => service.stop());

const guarded = async (email: string): Promise<Guarded> =>
  turnOnFactor(service, await createPerson(service, email, ["viewers"]));

async function post(path: string, fields: Readonly<Record<string, string>>, cookie = "") {
  const reply = await fetch(`${service.url}${path}`, {
    method: "POST",
    redirect: "manual",
    headers: { origin: service.url, cookie },
    body: new URLSearchParams(fields),
  });
  const cookies = reply.headers.getSetCookie();
  return {
    status: reply.status,
    location: reply.headers.get("location"),
    html: await reply.text(),
    cookies,
    cookie: cookies.map((set) => set.split(";")[0] ?? "").join("; "),
  };
}

const firstStep = ({ person: { email, password } }: Guarded, next = "/admin/alerts") =>
  post("/admin/login", { email, password, next });

const secondStep = (code: string, cookie: string, next = "/admin/alerts") =>
  post("/admin/login/code", { code, next }, cookie);

const own = (cookie: string) =>
  sendAs(service.url, { cookie, setCookie: "" }, "GET", "/api/v1/session");

describe("after the password", () => {
  it("a page asks for the code, and the code leads where the person wanted to go", async () => {
    const who = await guarded("pages@example.com");
    const asked = await firstStep(who);
    expect(asked).toMatchObject({
      status: 303,
      location: "/admin/login/code?next=%2Fadmin%2Falerts",
    });
    expect(asked.cookies).toHaveLength(1);
    expect(asked.cookies[0]).toMatch(
      /^tallyman_login=[\w-]{43}; .*Path=\/admin\/login; .*HttpOnly; SameSite=Lax$/,
    );
    const page = await fetch(`${service.url}${asked.location}`, {
      headers: { cookie: asked.cookie },
    });
    const html = await page.text();
    expect(html).toMatch(/name="next" value="\/admin\/alerts".*autocomplete="one-time-code"/s);
    expect(html).not.toMatch(/<script|\sstyle=/i);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    const done = await secondStep(codeOf(who.secret), asked.cookie);
    expect(done).toMatchObject({ status: 303, location: "/admin/alerts" });
    expect(done.cookies.join()).toContain(
      "tallyman_login=; Path=/admin/login; Expires=Thu, 01 Jan 1970",
    );
    expect((await own(done.cookie)).status).toBe(200);
  });

  it("nothing is open: what waits for the code is no session", async () => {
    const who = await guarded("between@example.com");
    const { cookie } = await firstStep(who);
    const asSession = cookie.replace("tallyman_login", "tallyman_session");
    for (const tried of [cookie, asSession]) expect((await own(tried)).status).toBe(401);
    const board = await fetch(`${service.url}/admin/queues`, { headers: { cookie: asSession } });
    expect(board.status).toBe(401);
  });

  it("a wrong code is told, and the next right one does", async () => {
    const who = await guarded("mistyped@example.com");
    const { cookie } = await firstStep(who);
    const wrong = await secondStep("123 45", cookie, "//evil.example");
    expect(wrong).toMatchObject({ status: 401, cookies: [] });
    expect(wrong.html).toMatch(/role="alert">The code is wrong/);
    expect(wrong.html).not.toContain("evil.example");
    expect((await secondStep(codeOf(who.secret), cookie)).status).toBe(303);
  });

  it("a step leads to one session only, and to none after ten minutes or another password", async () => {
    const who = await guarded("once@example.com");
    const used = await firstStep(who);
    expect((await secondStep(who.recoveryCodes[0] ?? "", used.cookie)).location).toBe(
      "/admin/alerts",
    );
    const late = await firstStep(who);
    await service.sql("update admin_login_step set expires_at = now()");
    const expired = await secondStep(who.recoveryCodes[1] ?? "", late.cookie);
    expect(expired.location).toBe("/admin/login?next=%2Fadmin%2Falerts");
    const reset = await firstStep(who);
    await service.send("PATCH", `/admin-users/${who.person.id}`, { password: "set anew for once" });
    for (const { cookie } of [used, late, reset, { cookie: `tallyman_login=${"A".repeat(43)}` }]) {
      const again = await secondStep(who.recoveryCodes[1] ?? "", cookie);
      expect(again).toMatchObject({ status: 303, location: "/admin/login?next=%2Fadmin%2Falerts" });
      expect((await own(again.cookie)).status).toBe(401);
    }
  });

  it("a session or step that was planted is taken over by nobody", async () => {
    const who = await guarded("fixed@example.com");
    const [session, step] = [
      `tallyman_session=${"B".repeat(43)}`,
      `tallyman_login=${"C".repeat(43)}`,
    ];
    const { email, password } = who.person;
    const asked = await post("/admin/login", { email, password }, `${session}; ${step}`);
    expect(asked.cookie).not.toContain("CCC");
    const done = await secondStep(codeOf(who.secret), `${session}; ${asked.cookie}`);
    expect(done.cookie).not.toContain("BBB");
    expect((await own(session)).status).toBe(401);
    expect((await own(done.cookie)).status).toBe(200);
  });

  it("the browser's former session ends with the new one, and not before", async () => {
    const who = await guarded("former@example.com");
    const { email, password } = who.person;
    const asked = await post("/admin/login", { email, password }, who.session.cookie);
    expect((await own(who.session.cookie)).status).toBe(200);
    await secondStep(codeOf(who.secret), `${who.session.cookie}; ${asked.cookie}`);
    expect((await own(who.session.cookie)).status).toBe(401);
  });

  it("wrong codes are counted by account, whatever step they come from", async () => {
    const who = await guarded("counted@example.com");
    for (let round = 0; round < 10; round += 1) {
      const { cookie } = await firstStep(who);
      expect((await secondStep("000000", cookie)).status).toBe(401);
    }
    const { cookie } = await firstStep(who);
    const paused = await secondStep(codeOf(who.secret), cookie);
    expect(paused.status).toBe(429);
    expect(paused.html).toContain("Too many wrong codes for this account");
  });

  it("a page of another site can't send a code", async () => {
    const who = await guarded("foreign@example.com");
    const { cookie } = await firstStep(who);
    const reply = await fetch(`${service.url}/admin/login/code`, {
      method: "POST",
      headers: { origin: "https://evil.example", cookie },
      body: new URLSearchParams({ code: codeOf(who.secret) }),
    });
    expect(reply.status).toBe(403);
    expect(reply.headers.getSetCookie()).toEqual([]);
  });
});

it("people without a second factor never see the page", async () => {
  const page = await fetch(`${service.url}/admin/login/code`, { redirect: "manual" });
  expect(page.headers.get("location")).toBe("/admin/login?next=%2Fadmin");
  expect((await logIn(service.url)).cookie).toMatch(/^tallyman_session=/);
});
