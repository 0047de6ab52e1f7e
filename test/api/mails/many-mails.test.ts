import { randomUUIDv7 } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createOrderIds } from "../../../src/api/orders/order-ids.ts";
import { mailsResentSchema, mailsTriedSchema } from "../../../src/contract/mails.ts";
import { overviewSchema } from "../../../src/contract/reports.ts";
import { lowStockSamples } from "../../../src/emails/low-stock/low-stock-samples.ts";
import { startSmtpReceiver } from "../../../tools/lab/smtp-server.ts";
import { queueBackends } from "../../support/backends.ts";
import { keyWith } from "../../support/people.ts";
import { createProduct } from "../../support/shop.ts";
import { startTestService, type TestService } from "../../support/service.ts";

/** Ids that rise within one millisecond, too. */
const nextId = createOrderIds();
const soon = { timeout: 15_000, interval: 50 };

/** Whether the mail server takes mails. */
let isAway = false;
let smtp: Awaited<ReturnType<typeof startSmtpReceiver>>;
beforeAll(async () => {
  smtp = await startSmtpReceiver({
    atSender: () => (isAway ? { code: 451, message: "Closed for an hour" } : undefined),
  });
});
afterAll(() => smtp[Symbol.asyncDispose]());

describe.each(queueBackends)("many mails at once, on $name", (backend) => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService({ backend, environment: { SMTP_URL: smtp.url } });
  });
  afterAll(() => service.stop());
  beforeEach(async () => {
    isAway = false;
    smtp.received.length = 0;
    await service.sql("update mail set status = 'sent', sent_at = now() where status <> 'sent'");
  });

  type Written = { readonly status?: string; readonly of?: string; readonly alert?: string };

  async function writeMail(to: string, { status = "failed", of, alert }: Written = {}) {
    const id = nextId();
    await service.sql(
      `insert into mail (id, template_code, to_name, to_email, data, message_id, status, attempts,
          last_error, resend_of, alert_id)
        values ($1::uuid, 'shop:low_stock_internal', 'Ada', $2, $3, '<' || $1 || '@shop.example.com>', $4, 2,
          'Closed', $5, $6)`,
      [id, `${to}@example.com`, JSON.stringify(lowStockSamples[0]?.data), status, of, alert],
    );
    return id;
  }

  const mailsNow = async () =>
    overviewSchema.parse((await service.send("GET", "/overview")).body).mails;
  const resend = async (body: object, headers = {}) => {
    const reply = await service.send("POST", "/mails/resend", body, headers);
    expect(reply.status).toBe(200);
    return mailsResentSchema.parse(reply.body);
  };
  /** Who of these was mailed, once for each mail. Mails of the tests before may still come. */
  const mailed = (...names: readonly string[]) =>
    smtp.received
      .flatMap(({ recipients }) => recipients.map((to) => to.replace("@example.com", "")))
      .filter((name) => names.includes(name))
      .toSorted();

  it("sends the failed mails again that the overview counts, each once", async () => {
    const plain = await writeMail("plain");
    const first = await writeMail("twice");
    const second = await writeMail("twice", { of: first });
    const copied = await writeMail("copied");
    await writeMail("copied", { of: copied, status: "sent" });
    expect((await mailsNow()).failed).toBe(2);

    const { outcomes, failedLeft } = await resend({});
    expect(outcomes.map(({ id }) => id)).toEqual([plain, second]);
    expect(failedLeft).toBe(0);
    await expect.poll(() => mailed("plain", "twice", "copied"), soon).toEqual(["plain", "twice"]);
    expect((await mailsNow()).failed).toBe(0);
    expect(await resend({})).toEqual({ outcomes: [], failedLeft: 0 });
  });

  it("leaves out what is about a deleted item, in the count and in the act", async () => {
    await createProduct(service, "GONE", { name: "Gone", unitsInStock: 1, stockAlertThreshold: 5 });
    const [alert] = await service.sql<{ id: string }>(
      "select a.id from stock_alert a join stock_level l on l.id = a.level_id where l.sku = 'GONE'",
    );
    const id = await writeMail("gone", { alert: alert?.id ?? "" });
    expect((await mailsNow()).failed).toBe(1);
    await service.send("DELETE", "/products/GONE");
    expect((await mailsNow()).failed).toBe(0);
    expect(await resend({})).toEqual({ outcomes: [], failedLeft: 0 });
    expect(await resend({ ids: [id] })).toMatchObject({
      outcomes: [{ id, problem: { code: "mail-item-gone", status: 409 } }],
    });
  });

  it("writes one copy of each, if two people ask at the same time", async () => {
    const ids = [];
    for (let index = 0; index < 20; index += 1) ids.push(await writeMail(`race-${index}`));
    const replies = await Promise.all(Array.from({ length: 6 }, () => resend({})));
    const done = replies.flatMap(({ outcomes }) => outcomes.map(({ id }) => id));
    expect(done.toSorted()).toEqual(ids.toSorted());
    const [copies] = await service.sql<{ count: number }>(
      "select count(*)::integer as count from mail where resend_of = any ($1)",
      [ids],
    );
    expect(copies).toEqual({ count: 20 });
  });

  it("is bounded, says how many are left, and goes on with them", async () => {
    // The copies wait, so that none of them fails, too.
    isAway = true;
    await service.sql(
      `insert into mail (id, template_code, to_name, to_email, data, message_id, status)
        select ('0190aaaa-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'shop:low_stock_internal', 'Ada',
          'a@example.com', $1, '<n' || n || '@shop.example.com>', 'failed' from generate_series(1, 130) n`,
      [JSON.stringify(lowStockSamples[0]?.data)],
    );
    const first = await resend({});
    expect(first.outcomes).toHaveLength(100);
    expect(first.failedLeft).toBe(30);
    const second = await resend({});
    expect(second.outcomes).toHaveLength(30);
    expect((await service.send("POST", "/mails/resend", { ids: [] })).status).toBe(422);
  });

  it("names an outcome for each chosen mail, and a key keeps a repeated request from a second copy", async () => {
    const sent = await writeMail("chosen", { status: "sent" });
    const onItsWay = await writeMail("open", { status: "sending" });
    const unknown = randomUUIDv7();
    const body = { ids: [sent, onItsWay, unknown] };
    const headers = { "idempotency-key": nextId() };
    const reply = await resend(body, headers);
    expect(reply.outcomes).toMatchObject([
      { id: sent, resentAs: expect.any(String) },
      { id: onItsWay, problem: { code: "mail-under-way" } },
      { id: unknown, problem: { status: 404 } },
    ]);
    expect(await resend(body, headers)).toEqual(reply);
    const other = await service.send("POST", "/mails/resend", { ids: [sent] }, headers);
    expect(other.status).toBe(409);
    await expect.poll(() => mailed("chosen", "open"), soon).toEqual(["chosen"]);
  });

  it("tries mails now that wait because the server failed, and says since when it does", async () => {
    isAway = true;
    const mail = await writeMail("wait", { status: "sent" });
    await resend({ ids: [mail] });
    await expect.poll(mailsNow, soon).toMatchObject({
      unsent: 1,
      waiting: 1,
      failingSince: expect.any(String),
      lastError: expect.stringContaining("Closed for an hour"),
    });
    const { failingSince, lastSentAt } = await mailsNow();
    expect(Date.parse(failingSince ?? "")).toBeGreaterThan(Date.parse(lastSentAt ?? ""));

    isAway = false;
    const tried = await service.send("POST", "/mails/try-now", {});
    expect(tried.status).toBe(200);
    expect(mailsTriedSchema.parse(tried.body)).toMatchObject({ tried: [expect.any(String)] });
    // By itself the next attempt would begin four seconds after the first, at the earliest.
    await expect.poll(() => mailed("wait"), { timeout: 3_000, interval: 20 }).toEqual(["wait"]);
    await expect.poll(mailsNow, soon).toMatchObject({ waiting: 0, failingSince: null });
    const none = await service.send("POST", "/mails/try-now", {});
    expect(none.body).toEqual({ tried: [], left: 0 });
  });

  it("finds a job that was lost, and tries its mail", async () => {
    const id = await writeMail("lost", { status: "pending" });
    const reply = await service.send("POST", "/mails/try-now", { ids: [id] });
    expect(reply.body).toEqual({ tried: [id], left: 0 });
    await expect.poll(() => mailed("lost", "open"), soon).toEqual(["lost"]);
  });

  it("needs mails:write", async () => {
    const key = await keyWith(service, ["mails:read"]);
    for (const path of ["/mails/resend", "/mails/try-now"]) {
      expect((await service.send("POST", path, {}, key)).status).toBe(403);
    }
  });
});
