// A person chooses the language of their mails, and how numbers and times are written for them. A store writes a text for
// one language.

import { describe, expect, it } from "vitest";
import { allLooks, logIn, lookOver } from "../support/browser.ts";
import { createProduct, orderId, placeOrder } from "../support/shop.ts";
import { startVisitedService } from "../support/visited-service.ts";

const { service, browser, visitor } = await startVisitedService();

describe("a person's language and times", () => {
  it("are chosen under My account, and show on every page at once and after", async () => {
    const { page, visit } = visitor;
    await createProduct(service, "MUG", { name: "Mug", unitsInStock: 1_234_567 });
    await visit("/account");
    const form = page.getByRole("form", { name: "Language and times" });
    await form.getByLabel("Language of mails").selectOption({ label: "Deutsch" });
    await form.getByLabel("Numbers and times").selectOption("de-AT");
    await form.getByLabel("Time zone").selectOption("Pacific/Kiritimati");
    await form.getByText(/^Here: 12.345; /).waitFor();
    await form.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved.").waitFor();

    await visit("/products/MUG");
    await page
      .getByText(/1.234.567/)
      .first()
      .waitFor();
    // A zone that no machine of these tests is in, so that a time of the browser's own can't pass.
    await placeOrder(service, "L-1", [{ sku: "MUG", quantity: 1 }]);
    await visit(`/orders/${await orderId(service, "L-1")}`);
    const time = page.getByRole("main").locator("time").first();
    const at = new Date((await time.getAttribute("datetime")) ?? "");
    const inKiritimati = new Intl.DateTimeFormat("de-AT", {
      timeZone: "Pacific/Kiritimati",
      month: "short",
      day: "numeric",
      hour: "numeric",
      minute: "2-digit",
    });
    expect(await time.textContent()).toBe(inKiritimati.format(at));
    const [stored] = await service.sql<{ language: string; locale: string; zone: string }>(
      `select language, locale, time_zone as zone from admin_user where email = 'admin@example.com'`,
    );
    expect(stored).toEqual({ language: "de", locale: "de-AT", zone: "Pacific/Kiritimati" });
  });
});

describe("a text for one language", () => {
  it("is written beside the one for all, and the preview is in that language", async () => {
    const { page, visit } = visitor;
    await visit("/settings/mail-templates/shop:low_stock_internal");
    await page.getByText("in the language of its reader").waitFor();
    await page.getByLabel("Text for mails in").selectOption({ label: "Deutsch" });
    await page.getByText("so mails in it say the built-in text, in Deutsch.").waitFor();
    await page
      .getByText(/^Bestand niedrig - /)
      .first()
      .waitFor();
    for (const look of allLooks) {
      const other = await logIn(browser, service, { look });
      await other.visit("/settings/mail-templates/shop:low_stock_internal?language=de");
      await other.page
        .getByText(/^Bestand niedrig - /)
        .first()
        .waitFor();
      expect(await lookOver(other, "template-in-german")).toEqual([]);
      await other.visit("/account");
      await other.page.getByRole("form", { name: "Language and times" }).waitFor();
      expect(await lookOver(other, "account-language")).toEqual([]);
      await other.leave();
    }
  });
});
