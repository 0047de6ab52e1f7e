// A change of a person's address: by another administrator only, and told to the old address.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { sessionOperations } from "../../../src/api/login/session-operations.ts";
import { startSmtpReceiver } from "../../../tools/lab/smtp-server.ts";
import { mailsTo } from "../../support/account-mails.ts";
import { logIn, sendAs } from "../../support/browser-like.ts";
import { createPerson } from "../../support/people.ts";
import { startTestService, type TestService } from "../../support/service.ts";

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

describe("a change of an address", () => {
  it("can't be made by the person, since a link to a new password would go to the new address", async () => {
    const person = await createPerson(service, "ann@example.com", ["administrators"]);
    const session = await logIn(service.url, person);
    const change = (body: object) =>
      sendAs(service.url, session, "PATCH", `/api/v1/admin-users/${person.id}`, body);
    const refused = await change({ email: "thief@example.com", name: "Ann" });
    expect([refused.status, await refused.json()]).toEqual([
      409,
      expect.objectContaining({
        code: "own-account",
        errors: [expect.objectContaining({ pointer: "/email" })],
      }),
    ]);
    const kept = await change({ email: "ANN@example.com", name: "Ann" });
    expect(kept.status).toBe(200);
    const other = await logIn(service.url);
    const path = `/api/v1/admin-users/${person.id}`;
    const byOther = await sendAs(service.url, other, "PATCH", path, { email: "ann2@example.com" });
    expect(byOther.status).toBe(200);
  });

  it("of one's own is refused with the current password too, and no operation of the session has an address", async () => {
    const person = await createPerson(service, "cora@example.com", ["administrators"]);
    const session = await logIn(service.url, person);
    const email = "elsewhere@example.com";
    const asked = [
      ["PATCH", `/admin-users/${person.id}`, { email, currentPassword: person.password }, 422],
      ["PATCH", `/admin-users/${person.id}`, { email, password: person.password }, 409],
      ["PUT", "/session", { email, currentPassword: person.password }, 405],
      ["PUT", "/session/email", { email, currentPassword: person.password }, 404],
    ] as const;
    for (const [method, path, body, status] of asked) {
      const reply = await sendAs(service.url, session, method, `/api/v1${path}`, body);
      expect([path, Object.keys(body), reply.status]).toEqual([path, Object.keys(body), status]);
    }
    expect(await service.sql("select email from admin_user where id = $1", [person.id])).toEqual([
      { email: person.email },
    ]);
    const takers = sessionOperations.filter(
      ({ method, bodySchema }) =>
        method !== "post" &&
        bodySchema !== undefined &&
        JSON.stringify(z.toJSONSchema(bodySchema, { io: "input" })).includes('"email"'),
    );
    expect(takers).toEqual([]);
  });

  it("of somebody else leaves the session of the administrator as it is", async () => {
    const admin = await createPerson(service, "dana@example.com", ["administrators"]);
    const other = await createPerson(service, "finn@example.com", ["viewers"]);
    const session = await logIn(service.url, admin);
    const path = `/api/v1/admin-users/${other.id}`;
    const reply = await sendAs(service.url, session, "PATCH", path, { email: "finn2@example.com" });
    expect([reply.status, reply.headers.getSetCookie()]).toEqual([200, []]);
    const own = await sendAs(service.url, session, "GET", "/api/v1/session");
    expect([own.status, await own.json()]).toEqual([
      200,
      expect.objectContaining({ email: admin.email }),
    ]);
  });

  it("is told to the old address, and only when the address is another one", async () => {
    const person = await createPerson(service, "bob@example.com", ["viewers"]);
    const path = `/admin-users/${person.id}`;
    await service.send("PATCH", path, { email: "BOB@example.com", name: "Bob" });
    await service.send("PATCH", path, { email: "rob@example.com" });
    const [mail] = await mailsTo(smtp, "BOB@example.com", 1);
    expect(mail?.parsed.subject).toMatch(/^Your address at .* was changed$/);
    expect(mail?.parsed.text).toMatch(/no longer BOB@example\.com.*tell an administrator/s);
    const stored = await service.sql<{ to: string }>(
      `select to_email as to from mail where template_code = 'tallyman:address_changed'
         and to_email ilike any (array['bob@%', 'rob@%'])`,
    );
    expect(stored).toEqual([{ to: "BOB@example.com" }]);
  });
});
