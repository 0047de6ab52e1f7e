// Mails that order items at a supplier, from the request to the supplier's mailbox.

import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { supplierMailSchema } from "../../../src/contract/supplier-mails.ts";
import { startSmtpReceiver } from "../../../tools/lab/smtp-server.ts";
import { mailsTo } from "../../support/account-mails.ts";
import { pageIn } from "../../support/answers.ts";
import { queueBackends } from "../../support/backends.ts";
import { startTestService, type TestService } from "../../support/service.ts";

const soon = { timeout: 15_000, interval: 50 };

describe.each(queueBackends)("a mail to a supplier, on $name", (backend) => {
  let service: TestService;
  let smtp: Awaited<ReturnType<typeof startSmtpReceiver>>;
  beforeAll(async () => {
    smtp = await startSmtpReceiver({});
    service = await startTestService({ backend, environment: { SMTP_URL: smtp.url } });
    await service.send("PUT", "/products/TEA", { name: "Tea <b>", unitsInStock: 3 });
    const variants = [{ sku: "=CUP", name: "Red", unitsInStock: 1 }];
    await service.send("PUT", "/products/CUP-SET", { name: "Cup", variants });
    await service.send("PUT", "/products/GIFT", { name: "Gift", trackInventory: false });
  });
  afterAll(async () => {
    await service.stop();
    await smtp[Symbol.asyncDispose]();
  });
  beforeEach(() => {
    smtp.received.length = 0;
  });

  const order = {
    to: "orders@supplier.example",
    subject: "Order of 14 March",
    message: "Dear all,\nplease confirm.",
    lines: [
      { sku: "TEA", units: 48 },
      { sku: "=CUP", units: 12 },
      { sku: "TEA", units: 12 },
    ],
  };
  const mailIt = (body: object, headers = {}) =>
    service.send("POST", "/supplier-mails", body, headers);

  it("has the items once each, as a table, as text and as a file, and leads nowhere", async () => {
    const reply = await mailIt(order);
    expect(reply.status).toBe(202);
    const { mail } = supplierMailSchema.parse(reply.body);
    await vi.waitFor(async () => {
      const stored = await service.send("GET", `/mails/${mail}`);
      expect(stored.body).toMatchObject({ status: "sent", subject: "Order of 14 March" });
    }, soon);
    const [received] = smtp.received;
    expect(received?.recipients).toEqual(["orders@supplier.example"]);
    const { text = "", html = "", attachments = [] } = received?.parsed ?? {};
    expect(text).toContain("Dear all,\nplease confirm.");
    expect(text).toContain("60 x Tea <b> (TEA)\n12 x Cup, Red (=CUP)");
    expect(text).toContain("2 items, 72 units in all.");
    expect(html).toContain("Tea &lt;b&gt;");
    expect(`${text}${html}`).not.toContain("/admin");
    expect(attachments).toMatchObject([{ filename: "order.csv", contentType: "text/csv" }]);
    expect(attachments[0]?.content.toString()).toBe(
      '\u{FEFF}sku,name,units\r\nTEA,Tea <b>,60\r\n\'=CUP,"Cup, Red",12\r\n',
    );
    const acts = pageIn(await service.send("GET", `/activity?subject=${mail}`));
    expect(acts.data).toMatchObject([
      { kind: "mail.supplierWritten", subject: { name: order.subject }, after: { to: order.to } },
    ]);
  });

  it("is written once for one key, and can be sent again from the log with its file", async () => {
    const headers = { "idempotency-key": "supplier-1" };
    const first = await mailIt(order, headers);
    expect((await mailIt(order, headers)).body).toEqual(first.body);
    expect((await mailIt({ ...order, subject: "Other" }, headers)).status).toBe(409);
    await vi.waitFor(() => expect(smtp.received).toHaveLength(1), soon);
    const { mail } = supplierMailSchema.parse(first.body);
    await vi.waitFor(async () => {
      expect((await service.send("POST", `/mails/${mail}/resend`)).status).toBe(202);
    }, soon);
    await vi.waitFor(() => expect(smtp.received).toHaveLength(2), soon);
    expect(smtp.received[1]?.parsed.attachments).toHaveLength(1);
  });

  it("has a file with headings in the language of the store", async () => {
    await service.sql("update store set language = 'de'");
    try {
      const to = "bestellungen@supplier.example";
      expect((await mailIt({ ...order, to })).status).toBe(202);
      const [received] = await mailsTo(smtp, to, 1);
      const { attachments = [], text } = received?.parsed ?? {};
      expect(text).toContain("Dieselbe Liste ist als Datei angehängt.");
      expect(attachments[0]?.content.toString()).toMatch(/^\u{FEFF}SKU,Artikel,Stück\r\n/u);
    } finally {
      await service.sql("update store set language = 'en'");
    }
  });

  it("is one of at most 100 in an hour; the next is told when, and is written then", async () => {
    await service.sql("delete from mail where template_code = 'tallyman:supplier_order'");
    const headers = { "idempotency-key": "supplier-limit" };
    const first = await mailIt(order, headers);
    const fill = (count: number, age: string) =>
      service.sql(
        `insert into mail (id, template_code, to_name, to_email, data, message_id, status, created_at)
         select (substr(replace(m.id::text, '-', ''), 1, 20) || lpad(to_hex(n), 12, '0'))::uuid, m.template_code, '', 'x@example.com', m.data,
           'limit-' || n || $2, 'cancelled', now() - $2::interval
         from mail m, generate_series(1, $1) n where m.to_email = $3`,
        [count, age, order.to],
      );
    await fill(98, "50 minutes");
    const atOnce = await Promise.all(
      ["a", "b", "c"].map((message) => mailIt({ ...order, message })),
    );
    expect(atOnce.map(({ status }) => status).toSorted()).toEqual([202, 429, 429]);
    const refused = atOnce.find(({ status }) => status === 429);
    expect(refused?.body).toMatchObject({ code: "too-many-supplier-mails", mailsMax: 100 });
    const wait = Number(refused?.headers.get("retry-after"));
    expect(wait).toBeGreaterThan(500);
    expect(wait).toBeLessThanOrEqual(600);
    expect(refused?.body).toMatchObject({ waitSeconds: wait });
    // A repeated request is answered as the first time.
    expect((await mailIt(order, headers)).body).toEqual(first.body);
    await service.sql(
      "update mail set created_at = created_at - interval '10 minutes' where status = 'cancelled'",
    );
    expect((await mailIt(order)).status).toBe(202);
  });

  it.each([
    [{ to: "nobody" }, "/to"],
    [{ to: "a@example.com, b@example.com" }, "/to"],
    [{ subject: "Order\r\nBcc: b@example.com" }, "/subject"],
    [{ lines: [] }, "/lines"],
    [{ lines: [{ sku: "NONE", units: 1 }] }, "/lines/0/sku"],
    [
      {
        lines: [
          { sku: "TEA", units: 1 },
          { sku: "GIFT", units: 1 },
        ],
      },
      "/lines/1/sku",
    ],
    [{ lines: [{ sku: "TEA", units: 0 }] }, "/lines/0/units"],
  ])("%j is refused at %s, and nothing is written", async (fields, pointer) => {
    const count = () => service.sql<{ n: number }>("select count(*)::integer as n from mail");
    const before = await count();
    const reply = await mailIt({ ...order, ...fields });
    expect(reply.status).toBe(422);
    expect(z.looseObject({}).parse(reply.body)).toHaveProperty("errors.0.pointer", pointer);
    expect(await count()).toEqual(before);
  });
});
