// Mails that don't arrive: the mail server is away, or mails have failed. A manager sees it, and puts it right.

import { afterAll, describe, expect, it } from "vitest";
import { lowStockSamples } from "../../src/emails/low-stock/low-stock-samples.ts";
import { startSmtpReceiver } from "../../tools/lab/smtp-server.ts";
import { allLooks, lookOver, logIn } from "../support/browser.ts";
import { createProduct, placeOrder } from "../support/shop.ts";
import { startVisitedService } from "../support/visited-service.ts";

let isAway = false;
const smtp = await startSmtpReceiver({
  atSender: () => (isAway ? { code: 451, message: "Closed for an hour" } : undefined),
});
afterAll(() => smtp[Symbol.asyncDispose]());

const { service, browser, visitor } = await startVisitedService({
  environment: { SMTP_URL: smtp.url },
});

const mailed = (email: string) =>
  smtp.received.filter(({ recipients }) => recipients.includes(email)).length;

async function writeFailed(...names: readonly string[]): Promise<void> {
  for (const name of names) {
    await service.sql(
      `insert into mail (id, template_code, to_name, to_email, data, message_id, status, attempts, last_error, subject)
        values (gen_random_uuid(), 'shop:low_stock_internal', $1, $2, $3, '<' || $1 || '@shop.example.com>', 'failed', 10,
          'Closed', $4)`,
      [name, `${name}@example.com`, JSON.stringify(lowStockSamples[0]?.data), `About ${name}`],
    );
  }
}

describe("a mail server that does not take mails", () => {
  it("shows on the overview, with its answer and how many wait, and they are tried at once", async () => {
    const { page, visit } = visitor;
    isAway = true;
    await createProduct(service, "MUG", { name: "Mug", unitsInStock: 6, stockAlertThreshold: 5 });
    expect(await placeOrder(service, "M-1", [{ sku: "MUG", quantity: 1 }])).toBe(201);
    await visit("/overview");
    const notice = page.getByRole("alert").filter({ hasText: "The mail server does not take" });
    await notice.getByText("1 mail waits and is tried again").waitFor();
    await notice.getByText(/Closed for an hour/).waitFor();
    for (const look of allLooks) {
      const other = await logIn(browser, service, { look });
      await other.visit("/overview");
      await other.page.getByText("The mail server does not take mails").waitFor();
      expect(await lookOver(other, "overview-mails-wait")).toEqual([]);
      await other.leave();
    }

    isAway = false;
    await notice.getByRole("button", { name: "Try now" }).click();
    await page.getByText("1 mail is tried now.").waitFor();
    await notice.waitFor({ state: "detached" });
    await expect.poll(() => mailed("admin@example.com")).toBe(1);
  });
});

describe("failed mails", () => {
  it("are sent again together, from the overview", async () => {
    const { page, visit } = visitor;
    await writeFailed("ada", "grace");
    await visit("/overview");
    await page.getByText("2 mails could not be sent").waitFor();
    await page.getByRole("button", { name: "Send them again" }).click();
    await page.getByText("2 mails are sent again.").waitFor();
    await page.getByText("2 mails could not be sent").waitFor({ state: "detached" });
    await expect
      .poll(() => [mailed("ada@example.com"), mailed("grace@example.com")])
      .toEqual([1, 1]);
  });

  it("are chosen one by one in the mail log, and one that can't be sent is named", async () => {
    const { page, visit } = visitor;
    await writeFailed("one", "two", "three");
    await visit("/settings/mails?status=failed");
    for (const name of ["one", "two"]) {
      await page
        .getByRole("checkbox", { name: `Choose About ${name}, to ${name}@example.com` })
        .check();
    }
    const bar = page.getByRole("region", { name: "The chosen rows" });
    await bar.getByText("2 chosen").waitFor();
    expect(await lookOver(visitor, "mails-chosen", "window")).toEqual([]);
    // Somebody else sends it meanwhile.
    await service.sql(
      "update mail set status = 'sending', claimed_until = now() + interval '1 hour' where to_name = 'two'",
    );
    await bar.getByRole("button", { name: "Send again" }).click();
    await page.getByText("1 mail is sent again.").waitFor();
    const refused = page
      .getByRole("alert")
      .filter({ hasText: "1 of 2 items could not be changed" });
    await refused.getByText("About two, to two@example.com").waitFor();
    expect(await refused.textContent()).not.toMatch(/POST|resend|sending/);
    await bar.waitFor({ state: "detached" });
    await expect.poll(() => mailed("one@example.com")).toBe(1);
    expect(mailed("three@example.com")).toBe(0);
  });

  it.each(allLooks)("show on a %s", async (look) => {
    const other = await logIn(browser, service, { look });
    await other.visit("/settings/mails");
    await other.page.getByRole("checkbox", { name: /^Choose About three/ }).check();
    await other.page.getByText("1 chosen").waitFor();
    expect(await lookOver(other, "mails-bar", "window")).toEqual([]);
    await other.leave();
  });
});
