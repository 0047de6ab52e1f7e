// "Forgot your password?": a link by mail for those who have an account, and the same answer for everybody.

import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { startSmtpReceiver } from "../../../tools/lab/smtp-server.ts";
import { chooseBy, mailsTo, openLink, tokenIn } from "../../support/account-mails.ts";
import { logIn, postSession, sendAs } from "../../support/browser-like.ts";
import { createPerson } from "../../support/people.ts";
import { startTestApi, startTestService, type TestService } from "../../support/service.ts";

let service: TestService;
let smtp: Awaited<ReturnType<typeof startSmtpReceiver>>;
beforeAll(async () => {
  smtp = await startSmtpReceiver();
  // Each test asks from a client address of its own, since requests are limited by address.
  const environment = { SMTP_URL: smtp.url, TRUST_PROXY: "1" };
  service = await startTestService({ environment });
});
afterAll(async () => {
  await service.stop();
  await smtp[Symbol.asyncDispose]();
});

const chosen = "four words of their own";

async function ask(
  email: string,
  { from = "192.0.2.1", origin = service.url, at = service.url } = {},
) {
  const begun = performance.now();
  const reply = await fetch(`${at}/admin/login/forgot`, {
    method: "POST",
    headers: { origin, "x-forwarded-for": from },
    body: new URLSearchParams({ email }),
  });
  const html = await reply.text();
  return { status: reply.status, html, ms: performance.now() - begun };
}

const requestsOf = (email: string) =>
  service.sql(
    "select r.id from password_request r join admin_user u on u.id = r.user_id where u.email = $1",
    [email],
  );

describe("a forgotten password", () => {
  it("is replaced by the link in a mail, once, and every session of the person ends", async () => {
    const person = await createPerson(service, "una@example.com", ["viewers"]);
    const session = await logIn(service.url, person);
    expect((await ask("UNA@example.com")).status).toBe(200);
    const [mail] = await mailsTo(smtp, person.email, 1);
    expect(mail?.parsed.subject).toMatch(/^Choose a new password for /);
    const token = tokenIn(mail);
    expect((await sendAs(service.url, session, "GET", "/api/v1/session")).status).toBe(200);
    expect(await chooseBy(service.url, token, chosen)).toBe(303);
    expect((await sendAs(service.url, session, "GET", "/api/v1/session")).status).toBe(401);
    expect(await chooseBy(service.url, token, chosen)).toBe(401);
    expect((await postSession(service.url, { ...person, password: chosen })).status).toBe(204);
    expect((await postSession(service.url, person)).status).toBe(401);
    const [, news] = await mailsTo(smtp, person.email, 2);
    expect(news?.parsed.text).toMatch(/chosen by a one-time link/);
    expect(news?.raw).not.toContain(token);
    const acts = await service.sql(
      `select kind, actor_kind as doer, after ->> 'address' as address from act
       where kind = 'signIn.linkAsked'`,
    );
    expect(acts).toEqual([{ kind: "signIn.linkAsked", doer: "stranger", address: "192.0.2.1" }]);
  });

  it("has links that all end when one is used", async () => {
    const person = await createPerson(service, "two@example.com", ["viewers"]);
    await ask(person.email);
    await ask(person.email);
    const mails = await mailsTo(smtp, person.email, 2);
    const [first = "", second = ""] = mails.map(tokenIn);
    expect([await openLink(service.url, first), await openLink(service.url, second)]).toEqual([
      200, 200,
    ]);
    expect(await chooseBy(service.url, second, chosen)).toBe(303);
    expect(await openLink(service.url, first)).toBe(401);
  });

  it("is over an hour after its mail was sent", async () => {
    const person = await createPerson(service, "old@example.com", ["viewers"]);
    await ask(person.email);
    const [mail] = await mailsTo(smtp, person.email, 1);
    const [left] = await service.sql<{ seconds: number }>(
      `select extract(epoch from l.ends_at - m.sent_at)::float8 as seconds
       from password_link l join mail m on m.password_request_id = l.request_id where m.to_email = $1`,
      [person.email],
    );
    expect(left?.seconds).toBeGreaterThan(3_500);
    expect(left?.seconds).toBeLessThanOrEqual(3_600);
    await service.sql("update password_link set ends_at = now() where user_id = $1", [person.id]);
    expect(await openLink(service.url, tokenIn(mail))).toBe(401);
  });

  it("is over when its person is disabled, also after they are enabled again", async () => {
    const person = await createPerson(service, "off@example.com", ["viewers"]);
    await ask(person.email, { from: "192.0.2.7" });
    const [mail] = await mailsTo(smtp, person.email, 1);
    expect(await openLink(service.url, tokenIn(mail))).toBe(200);
    await service.send("PATCH", `/admin-users/${person.id}`, { enabled: false });
    await service.send("PATCH", `/admin-users/${person.id}`, { enabled: true });
    expect(await openLink(service.url, tokenIn(mail))).toBe(401);
    expect(await requestsOf(person.email)).toEqual([]);
  });

  it("is answered alike for everybody: with an account, without, disabled, and asked too often", async () => {
    const person = await createPerson(service, "often@example.com", ["viewers"]);
    const gone = await createPerson(service, "gone@example.com", ["viewers"]);
    await service.send("PATCH", `/admin-users/${gone.id}`, { enabled: false });
    const from = "192.0.2.2";
    const answers = [];
    for (const email of [
      ...Array<string>(5).fill(person.email),
      gone.email,
      "nobody@example.com",
      "no address",
    ]) {
      answers.push(await ask(email, { from }));
    }
    expect(new Set(answers.map(({ status, html }) => `${status} ${html}`)).size).toBe(1);
    expect(answers[0]?.html).toMatch(/If an account has this address/);
    // Each waits for the same moment, which is later than the work of any takes.
    for (const { ms } of answers) expect(ms).toBeGreaterThan(490);
    await mailsTo(smtp, person.email, 3);
    expect(await requestsOf(person.email)).toHaveLength(3);
    expect(await requestsOf(gone.email)).toEqual([]);
  });

  it("is answered while the work of it still waits", async () => {
    const person = await createPerson(service, "held@example.com", ["viewers"]);
    await service.sql("begin");
    try {
      await service.sql("select from admin_user where id = $1 for update", [person.id]);
      expect((await ask(person.email, { from: "192.0.2.8" })).status).toBe(200);
      expect(await requestsOf(person.email)).toEqual([]);
    } finally {
      await service.sql("commit");
    }
    await mailsTo(smtp, person.email, 1);
  });

  it("counts requests of the same moment, so that they are no way around the limit", async () => {
    const person = await createPerson(service, "burst@example.com", ["viewers"]);
    await Promise.all(Array.from({ length: 8 }, () => ask(person.email, { from: "192.0.2.3" })));
    expect(await requestsOf(person.email)).toHaveLength(3);
  });

  it("is asked for twenty times from one address in a quarter of an hour, for whomever", async () => {
    const from = "192.0.2.4";
    const many = await Promise.all(
      Array.from({ length: 21 }, (_, index) => ask(`nobody-${index}@example.com`, { from })),
    );
    expect(many.map(({ status }) => status).toSorted()).toEqual([
      ...Array<number>(20).fill(200),
      429,
    ]);
    const refused = many.find(({ status }) => status === 429);
    expect(refused?.html).toMatch(/Forgot your password.*Too many requests for a link/s);
    expect((await ask("nobody@example.com", { from: "192.0.2.5" })).status).toBe(200);
  });

  it("is asked for on a page of this site only", async () => {
    const person = await createPerson(service, "cross@example.com", ["viewers"]);
    expect((await ask(person.email, { origin: "http://other.example" })).status).toBe(403);
    expect(await requestsOf(person.email)).toEqual([]);
  });

  it("leaves an invitation as it is", async () => {
    const body = { email: "new@example.com", name: "New", groups: ["viewers"], invite: true };
    await service.send("POST", "/admin-users", body);
    const [invitation] = await mailsTo(smtp, body.email, 1);
    await ask(body.email, { from: "192.0.2.6" });
    const [, reset] = await mailsTo(smtp, body.email, 2);
    expect(await openLink(service.url, tokenIn(invitation))).toBe(200);
    expect(await openLink(service.url, tokenIn(reset))).toBe(200);
  });
});

describe("a change of a password", () => {
  it("is told to the person by mail, whoever makes it", async () => {
    const person = await createPerson(service, "told@example.com", ["viewers"]);
    const session = await logIn(service.url, person);
    const own = { currentPassword: person.password, newPassword: chosen };
    expect(
      (await sendAs(service.url, session, "PUT", "/api/v1/session/password", own)).status,
    ).toBe(204);
    const [first] = await mailsTo(smtp, person.email, 1);
    expect(first?.parsed.text).toMatch(/changed in the account's own form/);
    expect(first?.parsed.text).toContain(`${service.url}/admin/login/forgot`);
    await service.send("PATCH", `/admin-users/${person.id}`, {
      password: "a given first password",
    });
    const [, second] = await mailsTo(smtp, person.email, 2);
    expect(second?.parsed.text).toMatch(/An administrator set it/);
  });
});

it("a mail server that repeats the token of a link does not get it into the log of mails", async () => {
  let token = "";
  const repeating = await startSmtpReceiver({
    atData(_session, mail) {
      token = tokenIn(mail);
      return { code: 550, message: `Refused: ${token}` };
    },
  });
  const other = await startTestService({ environment: { SMTP_URL: repeating.url } });
  onTestFinished(async () => {
    await other.stop();
    await repeating[Symbol.asyncDispose]();
  });
  const person = await createPerson(other, "echo@example.com", ["viewers"]);
  await ask(person.email, { at: other.url, origin: other.url });
  const failed = await vi.waitFor(
    async () => {
      const [row] = await other.sql<{ all: string }>(
        "select row_to_json(m)::text as all from mail m where status = 'failed'",
      );
      if (row === undefined) throw new Error("Expected a failed mail; there is none yet.");
      return row.all;
    },
    { timeout: 20_000 },
  );
  expect(failed).toContain("Refused: ");
  expect(token).toHaveLength(43);
  expect(failed).not.toContain(token);
});

describe("a service that no mail leaves", () => {
  it("says so on the page, and writes nothing", async () => {
    const silent = await startTestApi();
    try {
      const page = await fetch(`${silent.url}/admin/login/forgot`);
      expect(await page.text()).toMatch(/no mail server.*Ask an administrator/s);
      const reply = await ask("admin@example.com", { at: silent.url, origin: silent.url });
      expect([reply.status, reply.html]).toEqual([200, expect.stringMatching(/no mail server/)]);
      expect(await silent.sql("select id from password_request")).toEqual([]);
    } finally {
      await silent.stop();
    }
  });
});
