// Alerts as managers get them by mail: what runs low at once is one mail, through a mail server that takes few.

import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startSmtpReceiver } from "../../tools/lab/smtp-server.ts";
import { expectBalancedBooks } from "../support/audit.ts";
import { startTestService, type TestService } from "../support/service.ts";

const patience = { timeout: 90_000, interval: 200 };

describe("three hundred variants", () => {
  let service: TestService;
  let receiver: Awaited<ReturnType<typeof startSmtpReceiver>>;
  let tries = 0;

  beforeAll(async () => {
    // A server that takes 20 mails a minute, and the test is over within the first.
    receiver = await startSmtpReceiver({
      atRecipient: () =>
        (tries += 1) > 20 ? { code: 451, message: "4.7.1 Too many mails" } : undefined,
    });
    service = await startTestService({
      environment: {
        SMTP_URL: receiver.url,
        ALERT_GATHER_MS: "1000",
        ALERT_MAILS_PER_MINUTE: "5",
        SWEEP_INTERVAL_MS: "200",
        SWEEP_AFTER_MS: "200",
      },
    });
    await service.send("POST", "/admin-users", {
      email: "ann@example.com",
      name: "Ann",
      password: "a long enough password",
      groups: ["store-managers"],
    });
    const names = Array.from({ length: 300 }, (_, index) => String(index));
    const variants = names.map((name) => ({
      sku: `TEE-${name}`,
      name,
      options: { Size: name },
      unitsInStock: 9,
      stockAlertThreshold: 5,
    }));
    const product = { name: "T-Shirt", variants };
    const answer = await service.send("PUT", "/products/TEE", product);
    expect(answer.body).toMatchObject({ sku: "TEE" });
  });
  afterAll(async () => {
    await expectBalancedBooks(service.databaseUrl);
    await service.stop();
    await receiver[Symbol.asyncDispose]();
  });

  it(
    "that run low at once are one mail a person, and each arrives",
    { timeout: 120_000 },
    async () => {
      const adjustments = Array.from({ length: 300 }, (_, index) => ({
        sku: `TEE-${index}`,
        set: 2,
      }));
      const answer = await service.send("POST", "/stock/adjustments", { adjustments });
      expect(answer.status).toBe(200);
      await vi.waitFor(async () => {
        const open = await service.sql("select from mail where status in ('pending', 'sending')");
        const told = await service.sql("select from alert_news where told_at is not null");
        expect({ open: open.length, told: told.length }).toEqual({ open: 0, told: 300 });
      }, patience);
      const got = receiver.received.map(({ recipients, parsed }) => [
        recipients[0],
        parsed.subject,
      ]);
      expect(got.toSorted()).toEqual([
        ["admin@example.com", "Product Stock Low - 300 items"],
        ["ann@example.com", "Product Stock Low - 300 items"],
      ]);
      const [mail] = receiver.received;
      expect(Buffer.byteLength(String(mail?.parsed.html))).toBeLessThan(102_000);
      expect(mail?.parsed.text).toContain("And 150 more. The list of alerts has all of them.");
      const { body } = await service.send("GET", "/alerts?sku=TEE-0");
      expect(body).toMatchObject({ data: [{ mails: [{ status: "sent" }, { status: "sent" }] }] });
    },
  );
});
