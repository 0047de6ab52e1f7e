// The manual's stories about mails: somebody is mailed, reads it in the log, and edits what the next one says.

import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { lookOver, type Visitor } from "../support/browser.ts";
import { createProduct, placeOrder } from "../support/shop.ts";
import { startVisitedService } from "../support/visited-service.ts";

const template = "/settings/mail-templates/shop:low_stock_internal";

const { service, visitor } = await startVisitedService();

/** Creates a product and sells it down to its threshold, below which it is still sold. */
async function runLow(sku: string, name: string): Promise<void> {
  const both = { stockAlertThreshold: 5, sellBelowThreshold: true };
  await createProduct(service, sku, { name, unitsInStock: 6, ...both });
  expect(await placeOrder(service, `LOW-${sku}`, [{ sku, quantity: 1 }])).toBe(201);
}

/** Opens the newest mail whose subject is this, as soon as it is sent. */
async function openMail({ page, visit }: Visitor, subject: string): Promise<void> {
  await expect
    .poll(async () => (await service.send("GET", "/mails?status=sent&limit=200")).body)
    .toMatchObject({ data: expect.arrayContaining([expect.objectContaining({ subject })]) });
  await visit("/settings/mails");
  await page.getByRole("link", { name: subject, exact: true }).first().click();
  await page.getByRole("heading", { level: 1, name: subject }).waitFor();
}

/** What the frame shows of a mail. */
const shown = (page: Page) => page.frameLocator("iframe").locator("body");

/** The editor of the body, emptied. */
async function emptyEditor(page: Page) {
  const editor = page.getByRole("textbox", { name: "Text of the mail" });
  await editor.click();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.press("Delete");
  return editor;
}

describe("a product that runs low", () => {
  it("is mailed, and the mail can be read in the log as it was sent", async () => {
    const { page, visit } = visitor;
    await visit("/settings/mails");
    await page.getByText("No mails yet").waitFor();
    await runLow("MUG", "Stoneware mug");
    await openMail(visitor, "Product Stock Low - Stoneware mug");
    await page.getByText("Administrator <admin@example.com>").waitFor();
    await shown(page).getByText("Stoneware mug is running low").waitFor();
    expect(await shown(page).textContent()).toContain("LOW-MUG");
    const alert = await shown(page).locator('a[href*="/admin/alerts/"]').getAttribute("href");
    await page.getByText("Text", { exact: true }).click();
    await page.locator("pre").getByText("Stoneware mug is running low").waitFor();

    await page.getByRole("link", { name: "MUG", exact: true }).click();
    await page.waitForURL(/\/admin\/products\/MUG$/);

    await visit(new URL(alert ?? "").pathname.replace("/admin", ""));
    await page.getByRole("heading", { level: 1, name: "Alert", exact: true }).waitFor();
    await page.getByRole("link", { name: "Stoneware mug" }).waitFor();
    expect(await lookOver(visitor, "alert")).toEqual([]);
  });

  it("whose alert is about a variant links to its product", async () => {
    const { page } = visitor;
    await createProduct(service, "SHIRT", {
      name: "Shirt",
      unitsInStock: 50,
      variants: [
        {
          sku: "SHIRT-S",
          name: "S",
          options: { size: "S" },
          unitsInStock: 3,
          stockAlertThreshold: 2,
        },
        { sku: "SHIRT-M", options: { size: "M" } },
      ],
    });
    await placeOrder(service, "SHIRT-1", [{ sku: "SHIRT-S", quantity: 1 }]);
    await openMail(visitor, "Product Stock Low - Shirt, S: not sold any more");
    await page.getByRole("link", { name: "SHIRT-S", exact: true }).click();
    await page.waitForURL(/\/admin\/products\/SHIRT$/);
    const heading = page.getByRole("heading", { level: 1 });
    await expect.poll(() => heading.textContent()).toBe("Shirt");
  });

  it("is found again by part of the subject, and the address says so", async () => {
    const { page, visit } = visitor;
    await visit("/settings/mails");
    await page.getByRole("searchbox").fill("shirt");
    await page.waitForURL(/\?q=shirt$/);
    await page.getByRole("link", { name: "Product Stock Low - Stoneware mug" }).waitFor({
      state: "detached",
    });
    await page.reload();
    await page.getByRole("link", { name: "Product Stock Low - Shirt" }).waitFor();
    await page.getByText("Failed", { exact: true }).click();
    await page.getByText("No mail matches").waitFor();
    expect(new URL(page.url()).search).toBe("?q=shirt&status=failed");
    await page.getByRole("button", { name: "Show all mails" }).click();
    await page.getByRole("link", { name: "Product Stock Low - Stoneware mug" }).waitFor();
  });

  it("is mailed once more to whoever asks", async () => {
    const { page } = visitor;
    await openMail(visitor, "Product Stock Low - Stoneware mug");
    await page.getByRole("button", { name: "Write again" }).click();
    await page.getByText("The mail to admin@example.com is kept, not sent.").waitFor();
    await page.getByText("Copy of", { exact: true }).waitFor();
    await page.getByText("Kept", { exact: true }).first().waitFor();
    await shown(page).getByText("Stoneware mug is running low").waitFor();
    const { body } = await service.send("GET", "/mails?q=mug");
    expect(body).toMatchObject({ data: [{ status: "sent" }, { resendOf: null }] });
  });
});

describe("the template", () => {
  it("shows a fault at its line and keeps the last rendering that worked", async () => {
    const { page, visit } = visitor;
    await visit(template);
    await page.getByRole("button", { name: "Write your own text instead" }).click();
    const editor = await emptyEditor(page);
    await editor.pressSequentially("# Hello\n\nOnly {{ stock.unitsLeft }} left");
    const fault = page.getByRole("button", { name: /^Line 3: There is no variable/ });
    await fault.waitFor();
    await page.getByText("This is the last version that worked.").waitFor();
    expect(await page.getByRole("button", { name: "Send me a test" }).isDisabled()).toBe(true);
    const mark = page.locator(".cm-lintRange-error");
    await mark.waitFor();
    expect(await mark.textContent()).toContain("stock.unitsLeft");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("alert").getByText("This can't be saved yet").waitFor();
    expect(
      (await service.send("GET", "/mail-templates/shop:low_stock_internal")).body,
    ).toMatchObject({ version: 0 });
  });

  it("is written with variables that a click puts at the cursor, and previewed as it is written", async () => {
    const { page } = visitor;
    const editor = await emptyEditor(page);
    await editor.pressSequentially("# Hurry, ");
    await page.getByRole("button", { name: /^product\.name/ }).click();
    await page.keyboard.type(" sells out");
    expect(await editor.textContent()).toBe("# Hurry, {{ product.name }} sells out");
    await shown(page).getByText("Hurry, Stoneware Mug 350 ml sells out").waitFor();

    const subject = page.getByLabel("Subject");
    await subject.fill("Reorder: ");
    await page.getByRole("button", { name: /^holder\.sku/ }).click();
    await expect.poll(() => subject.inputValue()).toBe("Reorder: {{ holder.sku }}");
    await page.getByText("Reorder: MUG-350", { exact: true }).waitFor();
    await page.getByRole("combobox", { name: "Sample" }).click();
    await page.getByRole("option", { name: "Variant, out, without an order" }).click();
    await page.getByText("Reorder: TEE-BLUE-M", { exact: true }).waitFor();
  });

  it("is previewed light and dark, wide and on a phone", async () => {
    const { page } = visitor;
    const background = () =>
      page
        .frames()
        .at(-1)
        ?.evaluate<string>('getComputedStyle(document.querySelector(".tm-card")).backgroundColor');
    await expect.poll(background).toBe("rgb(255, 255, 255)");
    const wide = (await page.locator("iframe").boundingBox())?.width ?? 0;
    await page.getByText("Dark", { exact: true }).click();
    await expect.poll(background).toBe("rgb(25, 29, 36)");
    await page.getByText("Phone", { exact: true }).click();
    const narrow = (await page.locator("iframe").boundingBox())?.width ?? 0;
    expect(narrow).toBeLessThan(wide);
    expect(narrow).toBeLessThanOrEqual(390);
  });

  it("is tried out in a mail to oneself", async () => {
    const { page } = visitor;
    await page.getByRole("button", { name: "Send me a test" }).click();
    await page
      .getByText("Kept, not sent to admin@example.com: no mail server is set up.")
      .waitFor();
    const { body } = await service.send("GET", "/mails?q=Test");
    expect(body).toMatchObject({
      data: [{ subject: "Test: Reorder: TEE-BLUE-M", to: { email: "admin@example.com" } }],
    });
    await page.getByRole("link", { name: "See it in the mail log" }).waitFor();
  });

  it("asks before what was written is left unsaved", async () => {
    const { page } = visitor;
    await page.getByRole("link", { name: "Mail log", exact: true }).click();
    await page.getByText("Leave without saving?").waitFor();
    await page.getByRole("button", { name: "Stay here" }).click();
    expect(await page.getByLabel("Subject").inputValue()).toBe("Reorder: {{ holder.sku }}");
  });

  it("once saved, is what the next mail says", async () => {
    const { page } = visitor;
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Saved. The next mail uses this text.").waitFor();
    await page.getByText("The store's own text", { exact: true }).waitFor();
    await runLow("POT", "Teapot");
    await openMail(visitor, "Reorder: POT");
    await shown(page).getByText("Hurry, Teapot sells out").waitFor();
    expect(await shown(page).textContent()).not.toContain("is running low");
    await openMail(visitor, "Product Stock Low - Stoneware mug");
    await shown(page).getByText("Stoneware mug is running low").waitFor();
  });

  it("saved by two at once shows what the other changed", async () => {
    const { page, visit } = visitor;
    await visit(template);
    await page.getByLabel("Subject").fill("Mine: {{ product.name }}");
    await service.send("PUT", "/mail-templates/shop:low_stock_internal", {
      subject: "Theirs: {{ product.name }}",
      body: "Theirs",
    });
    await page.getByRole("button", { name: "Save", exact: true }).click();
    const notice = page
      .getByRole("alert")
      .filter({ hasText: "Somebody else saved changes to this" });
    await notice.getByText("(you: Mine: {{ product.name }})").waitFor();
    await page.getByRole("button", { name: "Discard my changes" }).click();
    expect(await page.getByLabel("Subject").inputValue()).toBe("Theirs: {{ product.name }}");
    const editor = page.getByRole("textbox", { name: "Text of the mail" });
    await expect.poll(() => editor.textContent()).toBe("Theirs");
  });

  it("is reset to the built-in text, and any version can be restored", async () => {
    const { page } = visitor;
    await page.getByRole("button", { name: "Reset to built-in" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Reset" }).click();
    await page.getByText("The built-in text is used again.").waitFor();
    await page.getByText("The mail comes in the built-in design").waitFor();
    await page.getByRole("button", { name: "Restore version 1" }).click();
    const editor = page.getByRole("textbox", { name: "Text of the mail" });
    await expect.poll(() => editor.textContent()).toBe("# Hurry, {{ product.name }} sells out");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("row").filter({ hasText: "Version 4" }).getByText("In use").waitFor();
    await runLow("LID", "Lid");
    await openMail(visitor, "Reorder: LID");
  });
});
