import { randomUUIDv7 } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { createOrderIds } from "../../../src/api/orders/order-ids.ts";
import { lowStockSamples } from "../../../src/emails/low-stock/low-stock-samples.ts";
import { startSmtpReceiver } from "../../../tools/lab/smtp-server.ts";
import { queueBackends } from "../../support/backends.ts";
import { keyWith } from "../../support/people.ts";
import { startTestService, type TestService } from "../../support/service.ts";

let smtp: Awaited<ReturnType<typeof startSmtpReceiver>>;
beforeAll(async () => {
  smtp = await startSmtpReceiver();
});
afterAll(() => smtp[Symbol.asyncDispose]());

/** Ids that rise within one millisecond, too: newest first is by id. */
const nextId = createOrderIds();

const listed = z.object({
  data: z.array(z.object({ id: z.string() })),
  nextCursor: z.string().nullable(),
});

describe.each(queueBackends)("the mail log, on $name", (backend) => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService({ backend, environment: { SMTP_URL: smtp.url } });
  });
  afterAll(() => service.stop());

  /** Writes a mail that has ended. */
  async function writeMail(status: "sent" | "failed" | "sending", email: string): Promise<string> {
    const id = nextId();
    const ended = status === "sending" ? null : "Product Stock Low - Mug";
    await service.sql(
      `insert into mail (id, template_code, to_name, to_email, data, message_id, status, attempts,
          last_error, subject, html, body_text, claimed_until)
        values ($1, 'shop:low_stock_internal', 'Ada', $2, $3, $4, $5, 2, $6, $7, '<p>low</p>', 'low',
          now() + interval '1 hour')`,
      [
        id,
        email,
        JSON.stringify(lowStockSamples[0]?.data),
        `<${id}@shop.example.com>`,
        status,
        status === "failed" ? "550 no such box" : null,
        ended,
      ],
    );
    return id;
  }

  const idsOf = async (query: string) =>
    listed.parse((await service.send("GET", `/mails?${query}`)).body).data.map(({ id }) => id);

  it("shows each mail as it was sent", async () => {
    const id = await writeMail("failed", "shown@example.com");
    const { status, body } = await service.send("GET", `/mails/${id}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id,
      status: "failed",
      to: { name: "Ada", email: "shown@example.com" },
      subject: "Product Stock Low - Mug",
      html: "<p>low</p>",
      text: "low",
      messageId: `<${id}@shop.example.com>`,
      attempts: 2,
      lastError: "550 no such box",
      alertId: null,
      resendOf: null,
    });
    expect((await service.send("GET", `/mails/${randomUUIDv7()}`)).status).toBe(404);
    expect((await service.send("GET", "/mails/1")).status).toBe(422);
  });

  it("is filtered, searched and read page by page, newest first", async () => {
    const first = await writeMail("sent", "list-1@example.com");
    const second = await writeMail("failed", "list-2@example.com");
    const third = await writeMail("sent", "list-3@example.com");
    expect(await idsOf("q=LIST-")).toEqual([third, second, first]);
    expect(await idsOf("q=list-&status=sent")).toEqual([third, first]);
    const page = listed.parse((await service.send("GET", "/mails?q=list-&limit=2")).body);
    expect(page.data.map(({ id }) => id)).toEqual([third, second]);
    expect(await idsOf(`q=list-&limit=2&cursor=${page.nextCursor}`)).toEqual([first]);
    expect(await idsOf(`alert=${randomUUIDv7()}`)).toEqual([]);
    for (const q of ["' or true --", "%", "_", "\\", "$4"]) {
      expect(await idsOf(`q=${encodeURIComponent(q)}`)).toEqual([]);
    }
    expect((await service.send("GET", "/mails?status=lost")).status).toBe(422);
  });

  it("sends a mail once more, to the same recipient, as a mail of its own", async () => {
    const id = await writeMail("failed", "again@example.com");
    const reply = await service.send("POST", `/mails/${id}/resend`);
    expect(reply.status).toBe(202);
    expect(reply.body).toMatchObject({
      status: "pending",
      resendOf: id,
      to: { email: "again@example.com" },
    });
    const path = (reply.headers.get("location") ?? "").replace("/api/v1", "");
    await vi.waitFor(
      async () => expect((await service.send("GET", path)).body).toMatchObject({ status: "sent" }),
      { timeout: 15_000, interval: 100 },
    );
    const received = smtp.received.filter(({ recipients }) =>
      recipients.includes("again@example.com"),
    );
    expect(received).toHaveLength(1);
    expect(received[0]?.parsed.messageId).toMatch(/^<[0-9a-f-]+@shop\.example\.com>$/);
    expect(received[0]?.parsed.messageId).not.toContain(id);
    expect((await service.send("GET", `/mails/${id}`)).body).toMatchObject({ status: "failed" });
    smtp.received.length = 0;
  });

  it("does not send again what is still on its way, or does not exist", async () => {
    const id = await writeMail("sending", "underway@example.com");
    expect((await service.send("POST", `/mails/${id}/resend`)).status).toBe(409);
    expect((await service.send("POST", `/mails/${randomUUIDv7()}/resend`)).status).toBe(404);
    expect(await idsOf("q=underway")).toEqual([id]);
  });

  it("is read with mails:read, and mails are sent again with mails:write only", async () => {
    const id = await writeMail("sent", "scoped@example.com");
    const key = await keyWith(service, ["mails:read"]);
    expect((await service.send("GET", `/mails/${id}`, undefined, key)).status).toBe(200);
    expect((await service.send("POST", `/mails/${id}/resend`, undefined, key)).status).toBe(403);
  });
});
