// Invitations: by mail if mail leaves, else by a link that is shown once.

import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { startSmtpReceiver } from "../../../tools/lab/smtp-server.ts";
import { chooseBy, mailsTo, openLink, tokenIn } from "../../support/account-mails.ts";
import { logIn, postSession, sendAs } from "../../support/browser-like.ts";
import { createGroup, createPerson, keyWith } from "../../support/people.ts";
import { startTestApi, startTestService, type TestService } from "../../support/service.ts";

const personSchema = z.looseObject({
  id: z.string(),
  invitation: z.object({ invitedAt: z.string(), endsAt: z.string().nullable() }).nullable(),
  invitationLink: z.string().optional(),
});

const chosen = "four words of their own";
const day = 86_400_000;

describe("an invitation, if mail leaves", () => {
  let service: TestService;
  let smtp: Awaited<ReturnType<typeof startSmtpReceiver>>;
  beforeAll(async () => {
    smtp = await startSmtpReceiver();
    service = await startTestService({ environment: { SMTP_URL: smtp.url } });
  });
  afterAll(async () => {
    await service.stop();
    await smtp[Symbol.asyncDispose]();
  });

  const invite = async (email: string, groups = ["viewers"]) => {
    const body = { email, name: `${email} the new`, groups, invite: true };
    const reply = await service.send("POST", "/admin-users", body);
    expect([reply.status, reply.body]).toEqual([201, reply.body]);
    return personSchema.parse(reply.body);
  };
  const again = (id: string) => service.send("POST", `/admin-users/${id}/invitation`);

  it("comes by mail, names who invites, and its link sets the password, after which nobody is invited", async () => {
    const session = await logIn(service.url);
    const reply = await sendAs(service.url, session, "POST", "/api/v1/admin-users", {
      email: "ann@example.com",
      name: "Ann",
      groups: ["viewers"],
      invite: true,
    });
    const person = personSchema.parse(await reply.json());
    expect(Object.keys(person)).not.toContain("initialPassword");
    expect(Object.keys(person)).not.toContain("invitationLink");
    const ends = Date.parse(person.invitation?.endsAt ?? "") - Date.now();
    expect(ends).toBeGreaterThan(6.9 * day);
    expect(ends).toBeLessThanOrEqual(7 * day);
    const [mail] = await mailsTo(smtp, "ann@example.com", 1);
    expect(mail?.parsed.subject).toMatch(/^You are invited to /);
    expect(mail?.parsed.text).toMatch(/Administrator has invited you/);
    const token = tokenIn(mail);
    expect(await openLink(service.url, token)).toBe(200);
    expect(await chooseBy(service.url, token, chosen)).toBe(303);
    expect(await openLink(service.url, token)).toBe(401);
    expect(
      (await postSession(service.url, { email: "ann@example.com", password: chosen })).status,
    ).toBe(204);
    const read = await service.send("GET", `/admin-users/${person.id}`);
    expect(read.body).toMatchObject({ invitation: null });
    const [, news] = await mailsTo(smtp, "ann@example.com", 2);
    expect(news?.parsed.subject).toMatch(/^Your password for .* was changed$/);
    expect((await again(person.id)).status).toBe(409);
  });

  it("is sent again with a new link, and the old link is over", async () => {
    const { id } = await invite("bea@example.com");
    const [first] = await mailsTo(smtp, "bea@example.com", 1);
    expect((await again(id)).status).toBe(200);
    const [, second] = await mailsTo(smtp, "bea@example.com", 2);
    expect(tokenIn(second)).not.toBe(tokenIn(first));
    expect(await openLink(service.url, tokenIn(first))).toBe(401);
    expect(await openLink(service.url, tokenIn(second))).toBe(200);
  });

  it("is over when it is taken back, also in a mail that is sent again, until somebody invites again", async () => {
    const { id } = await invite("cleo@example.com");
    const [mail] = await mailsTo(smtp, "cleo@example.com", 1);
    expect((await service.send("DELETE", `/admin-users/${id}/invitation`)).status).toBe(204);
    expect(await openLink(service.url, tokenIn(mail))).toBe(401);
    expect((await service.send("GET", `/admin-users/${id}`)).body).toMatchObject({
      invitation: { endsAt: null },
    });
    const [{ id: sent } = { id: "" }] = await service.sql<{ id: string }>(
      "select id from mail where to_email = 'cleo@example.com'",
    );
    const copy = z
      .object({ id: z.string() })
      .parse((await service.send("POST", `/mails/${sent}/resend`)).body);
    await expect
      .poll(async () => (await service.send("GET", `/mails/${copy.id}`)).body, { timeout: 20_000 })
      .toMatchObject({ status: "cancelled", lastError: expect.stringContaining("taken back") });
    expect((await again(id)).status).toBe(200);
    const [, renewed] = await mailsTo(smtp, "cleo@example.com", 2);
    expect(await openLink(service.url, tokenIn(renewed))).toBe(200);
  });

  it("that was taken back or is over is no way to a password, also not by a link for a forgotten one", async () => {
    const ask = (email: string) =>
      fetch(`${service.url}/admin/login/forgot`, {
        method: "POST",
        headers: { origin: service.url },
        body: new URLSearchParams({ email }),
      });
    const requests = (id: string) =>
      service.sql("select id from password_request where user_id = $1 and purpose = 'reset'", [id]);
    const { id } = await invite("kim@example.com");
    await mailsTo(smtp, "kim@example.com", 1);
    expect((await ask("kim@example.com")).status).toBe(200);
    const [, reset] = await mailsTo(smtp, "kim@example.com", 2);
    expect(await openLink(service.url, tokenIn(reset))).toBe(200);
    expect((await service.send("DELETE", `/admin-users/${id}/invitation`)).status).toBe(204);
    expect(await openLink(service.url, tokenIn(reset))).toBe(401);
    expect((await ask("kim@example.com")).status).toBe(200);
    expect(await requests(id)).toEqual([]);
    const late = await invite("lou@example.com");
    await service.sql("update admin_user set invitation_ends_at = now() where id = $1", [late.id]);
    expect((await ask("lou@example.com")).status).toBe(200);
    expect(await requests(late.id)).toEqual([]);
  });

  it("whose mail is sent again has another link in it, and both lead to the same page until one is used", async () => {
    await invite("dot@example.com");
    const [mail] = await mailsTo(smtp, "dot@example.com", 1);
    const [{ id } = { id: "" }] = await service.sql<{ id: string }>(
      "select id from mail where to_email = 'dot@example.com'",
    );
    await service.send("POST", `/mails/${id}/resend`);
    const [, copy] = await mailsTo(smtp, "dot@example.com", 2);
    const tokens = [tokenIn(mail), tokenIn(copy)];
    expect(new Set(tokens).size).toBe(2);
    for (const token of tokens) expect(await openLink(service.url, token)).toBe(200);
    expect(await chooseBy(service.url, tokens[0] ?? "", chosen)).toBe(303);
    expect(await openLink(service.url, tokens[1] ?? "")).toBe(401);
  });

  it("ends when the person gets another address, since the link went to the old one", async () => {
    const { id } = await invite("eli@example.com");
    const [mail] = await mailsTo(smtp, "eli@example.com", 1);
    await service.send("PATCH", `/admin-users/${id}`, { email: "elias@example.com" });
    expect(await openLink(service.url, tokenIn(mail))).toBe(401);
    expect((await again(id)).status).toBe(200);
    const [renewed] = await mailsTo(smtp, "elias@example.com", 1);
    expect(await openLink(service.url, tokenIn(renewed))).toBe(200);
  });

  it("keeps its token from everything that is stored, listed and shown", async () => {
    const { id } = await invite("fay@example.com");
    const [mail] = await mailsTo(smtp, "fay@example.com", 1);
    const token = tokenIn(mail);
    const row = await vi.waitFor(async () => {
      const [sent] = await service.sql<{ all: string; id: string }>(
        "select id, row_to_json(m)::text as all from mail m where to_email = 'fay@example.com' and status = 'sent'",
      );
      expect(sent?.all).toContain("/admin/login/password?token=");
      return sent;
    });
    const session = await logIn(service.url);
    const jobs = "/admin/queues/api/queues?activeQueue=mail&status=completed&jobsPerPage=50";
    const board = await (await sendAs(service.url, session, "GET", jobs)).text();
    expect(board).toContain("fay@example.com");
    const shown = [
      row?.all,
      JSON.stringify((await service.send("GET", `/mails/${row?.id}`)).body),
      JSON.stringify((await service.send("GET", "/activity?limit=200")).body),
      JSON.stringify(await service.sql("select * from act")),
      JSON.stringify(await service.sql("select * from password_request")),
      JSON.stringify(await service.sql("select * from password_link")),
      board,
      (await service.send("GET", `/admin-users/${id}`)).body,
    ];
    expect(JSON.stringify(shown)).not.toContain(token);
  });

  it("has its token in its link only, whatever the store and the inviter are called", async () => {
    const evil = "evil.example/?only-the-mail-that-was-sent-has-the-token";
    const inviter = await createPerson(service, "evil@example.com", ["administrators"]);
    await service.send("PATCH", `/admin-users/${inviter.id}`, { name: `Eve ${evil}` });
    await service.sql("update store set name = $1", [`Shop ${evil}`]);
    const session = await logIn(service.url, inviter);
    const body = { email: "jo@example.com", name: "Jo", groups: ["viewers"], invite: true };
    await sendAs(service.url, session, "POST", "/api/v1/admin-users", body);
    const [mail] = await mailsTo(smtp, "jo@example.com", 1);
    const token = tokenIn(mail);
    const link = `${service.url}/admin/login/password?token=${token}`;
    const { subject = "", text = "", html } = mail?.parsed ?? {};
    expect(text).toContain(`Eve ${evil}`);
    for (const part of [subject, text, String(html)]) {
      expect(part.replaceAll(link, "")).not.toContain(token);
    }
    expect(await openLink(service.url, token)).toBe(200);
  });

  it("is refused together with a password, for a disabled person, and for what the inviter may not do", async () => {
    const base = { email: "gus@example.com", name: "Gus", invite: true };
    const both = await service.send("POST", "/admin-users", { ...base, password: chosen });
    expect(both).toMatchObject({ status: 422, body: { errors: [{ pointer: "/password" }] } });
    const off = await service.send("POST", "/admin-users", { ...base, enabled: false });
    expect(off).toMatchObject({ status: 422, body: { errors: [{ pointer: "/enabled" }] } });
    const { id } = await invite("hal@example.com", ["administrators"]);
    await createGroup(service, "helpers", ["admin:read", "admin:write"]);
    const key = await keyWith(service, ["admin:read", "admin:write"]);
    const beyond = await service.send("POST", `/admin-users/${id}/invitation`, undefined, key);
    expect(beyond.status).toBe(403);
    await service.send("PATCH", `/admin-users/${id}`, { enabled: false });
    expect(await again(id)).toMatchObject({ status: 409, body: { code: "person-disabled" } });
  });

  it("ends when an administrator sets a password", async () => {
    const { id } = await invite("ida@example.com");
    const [mail] = await mailsTo(smtp, "ida@example.com", 1);
    const changed = await service.send("PATCH", `/admin-users/${id}`, { password: chosen });
    expect(changed.body).toMatchObject({ invitation: null });
    expect(await openLink(service.url, tokenIn(mail))).toBe(401);
    expect((await service.send("DELETE", `/admin-users/${id}/invitation`)).status).toBe(409);
  });
});

describe("an invitation, if no mail leaves", () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestApi();
  });
  afterAll(() => service.stop());

  it("is a link in the answer, of which only the newest works, and no mail is written", async () => {
    const body = { email: "ann@example.com", name: "Ann", groups: ["viewers"], invite: true };
    const invited = personSchema.parse((await service.send("POST", "/admin-users", body)).body);
    const tokenOf = (link = "") => new URL(link).searchParams.get("token") ?? "";
    const first = tokenOf(invited.invitationLink);
    expect(invited.invitationLink).toMatch(new RegExp(`^${service.url}/admin/login/password`));
    expect(await openLink(service.url, first)).toBe(200);
    const reply = await service.send("POST", `/admin-users/${invited.id}/invitation`);
    const second = tokenOf(personSchema.parse(reply.body).invitationLink);
    expect(await openLink(service.url, first)).toBe(401);
    expect(await openLink(service.url, second)).toBe(200);
    await service.send("DELETE", `/admin-users/${invited.id}/invitation`);
    expect(await openLink(service.url, second)).toBe(401);
    expect(await service.sql("select id from mail")).toEqual([]);
    const kinds = await service.sql<{ kind: string }>(
      "select kind from act where subject_id = $1 order by id",
      [invited.id],
    );
    expect(kinds.map(({ kind }) => kind)).toEqual([
      "person.created",
      "person.invited",
      "person.invited",
      "person.invitationRevoked",
    ]);
  });

  it("by hand ends when the person gets another address", async () => {
    const body = { email: "eve@example.com", name: "Eve", groups: ["viewers"], invite: true };
    const invited = personSchema.parse((await service.send("POST", "/admin-users", body)).body);
    const token = new URL(invited.invitationLink ?? "").searchParams.get("token") ?? "";
    expect(await openLink(service.url, token)).toBe(200);
    const path = `/admin-users/${invited.id}`;
    await service.send("PATCH", path, { email: "EVE@example.com" });
    expect(await openLink(service.url, token)).toBe(200);
    await service.send("PATCH", path, { email: "eva@example.com" });
    expect(await openLink(service.url, token)).toBe(401);
  });
});
