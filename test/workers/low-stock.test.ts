import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { startSmtpReceiver } from "../../tools/lab/smtp-server.ts";
import { expectBalancedBooks } from "../support/audit.ts";
import { queueBackends } from "../support/backends.ts";
import { startTestService, type TestService } from "../support/service.ts";

const patience = { timeout: 30_000, interval: 50 };

type MailRow = {
  to: string;
  notice: string;
  status: string;
  attempts: number;
  error: string | null;
  messageId: string;
};

describe.each(queueBackends)("what runs low, with the queue on $name", (backend) => {
  let service: TestService;
  let receiver: Awaited<ReturnType<typeof startSmtpReceiver>>;
  let refusal: { code: number; message: string } | undefined;
  /** Ids of the two people of the alerted group, besides the first administrator. */
  const people: string[] = [];

  beforeAll(async () => {
    receiver = await startSmtpReceiver({ atRecipient: () => refusal });
    service = await startTestService({
      backend,
      environment: { SMTP_URL: receiver.url, SWEEP_INTERVAL_MS: "200", SWEEP_AFTER_MS: "200" },
    });
    for (const name of ["ann", "bob"]) {
      const answer = await service.send("POST", "/admin-users", {
        email: `${name}@example.com`,
        name,
        password: "a long enough password",
        groups: ["store-managers"],
      });
      people.push(z.looseObject({ id: z.string() }).parse(answer.body).id);
    }
  });
  afterAll(async () => {
    await expectBalancedBooks(service.databaseUrl);
    await service.stop();
    await receiver[Symbol.asyncDispose]();
  });

  const createProduct = async (body: object): Promise<string> => {
    const sku = `P-${randomUUID()}`;
    const answer = await service.send("PUT", `/products/${sku}`, { name: `Mug ${sku}`, ...body });
    expect(answer.status).toBe(201);
    return sku;
  };
  const buy = async (sku: string, quantity: number): Promise<string> => {
    const reference = randomUUID();
    const answer = await service.send(
      "POST",
      "/orders",
      { reference, lines: [{ sku, quantity }] },
      { prefer: "wait=20" },
    );
    expect(answer.status).toBe(201);
    return reference;
  };
  const mailsOf = (sku: string) =>
    service.sql<MailRow>(
      `select m.to_email as "to", m.notice, m.status, m.attempts, m.last_error as error,
         m.message_id as "messageId"
       from mail m join stock_alert a on a.id = m.alert_id join stock_level l on l.id = a.level_id
       where l.sku = $1 order by m.id`,
      [sku],
    );
  const everybody = ["admin@example.com", "ann@example.com", "bob@example.com"];

  it("one crossing mails each manager once, however many orders follow, and once more at the last unit", async () => {
    const sku = await createProduct({
      unitsInStock: 12,
      stockAlertThreshold: 10,
      outOfStockThreshold: 0,
    });
    await buy(sku, 1);
    const reference = await buy(sku, 2);
    await buy(sku, 1);
    await vi.waitFor(async () => {
      const mails = await mailsOf(sku);
      expect(mails.map(({ to, notice, status }) => [to, notice, status]).toSorted()).toEqual(
        everybody.map((to) => [to, "low", "sent"]),
      );
    }, patience);
    await buy(sku, 8);
    await vi.waitFor(async () => {
      const mails = (await mailsOf(sku)).filter(({ notice }) => notice === "out");
      expect(mails.map(({ to, status }) => [to, status]).toSorted()).toEqual(
        everybody.map((to) => [to, "sent"]),
      );
    }, patience);

    const sent = receiver.received.filter(({ raw }) => raw.includes(sku));
    expect(sent).toHaveLength(6);
    const [first] = sent;
    expect(first?.parsed.subject).toBe(`Product Stock Low - Mug ${sku}`);
    expect(first?.parsed.text).toContain(sku);
    expect(first?.parsed.text).toContain(reference);
    expect(new Set(sent.map(({ parsed }) => parsed.messageId)).size).toBe(6);
  });

  it("raising the threshold above the stock warns too; units coming in end the alert and arm it again", async () => {
    const sku = await createProduct({ unitsInStock: 5 });
    await service.send("PATCH", `/products/${sku}`, { stockAlertThreshold: 5 });
    await vi.waitFor(async () => expect(await mailsOf(sku)).toHaveLength(3), patience);
    await service.send("POST", `/stock/${sku}/adjustments`, { delta: 10, kind: "receipt" });
    const alerts = await service.send("GET", `/alerts?status=open&sku=${sku}`);
    expect(alerts.body).toMatchObject({ data: [] });
    await service.send("POST", `/stock/${sku}/adjustments`, { set: 1 });
    await vi.waitFor(async () => expect(await mailsOf(sku)).toHaveLength(6), patience);
  });

  it("with nobody in the group the alert waits, marked, and is mailed once somebody is back", async () => {
    const administrators = await service.sql<{ id: string }>("select id from admin_user");
    for (const { id } of administrators) {
      await service.send("DELETE", `/admin-groups/store-managers/members/${id}`);
    }
    const sku = await createProduct({ unitsInStock: 3, stockAlertThreshold: 2 });
    await buy(sku, 1);
    await vi.waitFor(async () => {
      const [alert] = await service.sql<{ missing: boolean }>(
        `select recipients_missing as missing from stock_alert a
           join stock_level l on l.id = a.level_id where l.sku = $1`,
        [sku],
      );
      expect(alert?.missing).toBe(true);
    }, patience);
    expect(await mailsOf(sku)).toEqual([]);
    for (const { id } of administrators) {
      const joined = await service.send("PUT", `/admin-groups/store-managers/members/${id}`);
      expect(joined.status).toBeLessThan(300);
    }
    await vi.waitFor(async () => {
      // Those who join later are told of nothing twice, so the first to be back is told alone or with others.
      const mails = await mailsOf(sku);
      expect(mails.length).toBeGreaterThan(0);
      expect(mails.every(({ status }) => status === "sent")).toBe(true);
    }, patience);
  });

  it("a refusal for good ends the mail at once, visibly", async () => {
    refusal = { code: 550, message: "no such mailbox" };
    const sku = await createProduct({ unitsInStock: 3, stockAlertThreshold: 2 });
    await buy(sku, 1);
    await vi.waitFor(async () => {
      const mails = await mailsOf(sku);
      expect(mails).toHaveLength(3);
      for (const mail of mails) {
        expect(mail).toMatchObject({
          status: "failed",
          attempts: 1,
          error: expect.stringContaining("550"),
        });
      }
    }, patience);
    refusal = undefined;
  });

  it("a refusal for now is tried again, under the same Message-ID", async () => {
    refusal = { code: 451, message: "try later" };
    const sku = await createProduct({ unitsInStock: 3, stockAlertThreshold: 2 });
    await buy(sku, 1);
    await vi.waitFor(async () => {
      const mails = await mailsOf(sku);
      expect(mails.map(({ status, attempts }) => [status, attempts])).toEqual([
        ["pending", 1],
        ["pending", 1],
        ["pending", 1],
      ]);
    }, patience);
    const before = await mailsOf(sku);
    refusal = undefined;
    await vi.waitFor(async () => {
      const mails = await mailsOf(sku);
      expect(mails.every(({ status, attempts }) => status === "sent" && attempts === 2)).toBe(true);
      expect(mails.map(({ messageId }) => messageId)).toEqual(
        before.map(({ messageId }) => messageId),
      );
    }, patience);
    const received = receiver.received.filter(({ raw }) => raw.includes(sku));
    expect(received.map(({ parsed }) => parsed.messageId).toSorted()).toEqual(
      before.map(({ messageId }) => messageId).toSorted(),
    );
  });

  it("what is deleted is no news any more: its alert ends, and its unsent mails are never sent", async () => {
    refusal = { code: 451, message: "try later" };
    const sku = await createProduct({ unitsInStock: 3, stockAlertThreshold: 2 });
    await buy(sku, 1);
    await vi.waitFor(async () => {
      const mails = await mailsOf(sku);
      expect(mails.map(({ attempts }) => attempts)).toEqual([1, 1, 1]);
    }, patience);
    expect((await service.send("DELETE", `/products/${sku}`)).status).toBe(204);
    refusal = undefined;
    await vi.waitFor(async () => {
      for (const mail of await mailsOf(sku)) {
        expect(mail).toMatchObject({
          status: "cancelled",
          attempts: 1,
          error: expect.stringContaining(`${sku} was deleted`),
        });
      }
    }, patience);
    expect(receiver.received.filter(({ raw }) => raw.includes(sku))).toEqual([]);
    const open = await service.send("GET", `/alerts?status=open&sku=${sku}`);
    expect(open.body).toMatchObject({ data: [] });
  });

  it("a mail that was sent is not sent again once what it is about is deleted", async () => {
    const sku = await createProduct({ unitsInStock: 3, stockAlertThreshold: 2 });
    await buy(sku, 1);
    await vi.waitFor(async () => {
      const statuses = (await mailsOf(sku)).map(({ status }) => status);
      expect(statuses).toEqual(["sent", "sent", "sent"]);
    }, patience);
    await service.send("DELETE", `/products/${sku}`);
    const [mail] = await service.sql<{ id: string }>(
      `select m.id from mail m join stock_alert a on a.id = m.alert_id
         join stock_level l on l.id = a.level_id where l.sku = $1`,
      [sku],
    );
    expect(await service.send("POST", `/mails/${mail?.id}/resend`)).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining(`${sku} was deleted`) },
    });
  });

  it.each([
    ["of a template that this version lacks", "shop:other", 'no mail template "shop:other"'],
    ["whose data is not its template's", "shop:low_stock_internal", "can't be read (store)"],
  ])("a mail %s ends as failed, and says why", async (_what, code, problem) => {
    const id = randomUUID();
    await service.sql(
      `insert into mail (id, template_code, to_name, to_email, data, message_id)
         values ($1, $2, 'Ada', 'ada@example.com', '{}', '<' || $1::uuid || '@example.com>')`,
      [id, code],
    );
    await vi.waitFor(async () => {
      const reply = await service.send("GET", `/mails/${id}`);
      expect(reply.body).toMatchObject({
        status: "failed",
        attempts: 1,
        lastError: expect.stringContaining(problem),
      });
    }, patience);
  });

  it("a mail whose override breaks is sent with the built-in template, and says so", async () => {
    const put = await service.send("PUT", "/mail-templates/shop:low_stock_internal", {
      subject: "Low: {{ product.sku }}",
      body: "# Only {{ stock.unitsInStock }} left\n",
    });
    expect(put.status).toBeLessThan(300);
    const sku = await createProduct({ unitsInStock: 3, stockAlertThreshold: 2 });
    await buy(sku, 1);
    await vi.waitFor(async () => {
      const mails = receiver.received.filter(({ raw }) => raw.includes(sku));
      expect(mails.map(({ parsed }) => parsed.subject)).toEqual(Array(3).fill(`Low: ${sku}`));
    }, patience);

    // No save lets this through; it stands for a variable that a later version no longer has.
    await service.sql("update mail_template set body = '{{ nothing.like.this }}'");
    const other = await createProduct({ unitsInStock: 3, stockAlertThreshold: 2 });
    await buy(other, 1);
    await vi.waitFor(async () => {
      const rows = await service.sql<{ subject: string; problem: string | null }>(
        `select m.subject, m.override_problem as problem from mail m
           join stock_alert a on a.id = m.alert_id join stock_level l on l.id = a.level_id
         where l.sku = $1 and m.status = 'sent'`,
        [other],
      );
      expect(rows).toHaveLength(3);
      for (const row of rows) {
        expect(row.subject).toMatch(new RegExp(`^Product Stock Low - Mug ${other}`));
        expect(row.problem).toContain("nothing");
      }
    }, patience);
  });
});
