// Orders that are paid first, or not in time, as a manager meets them.

import { beforeAll, describe, expect, it } from "vitest";
import { lookOver } from "../support/browser.ts";
import { createProduct, orderId, placeOrder } from "../support/shop.ts";
import { startVisitedService } from "../support/visited-service.ts";

const { service, visitor } = await startVisitedService();

beforeAll(async () => {
  await createProduct(service, "POT", { name: "Teapot", unitsInStock: 20 });
});

/** Places an order that is to be paid within the hour. */
async function placeUnpaid(reference: string, quantity: number): Promise<string> {
  const payBy = new Date(Date.now() + 3_600_000).toISOString();
  const order = { reference, lines: [{ sku: "POT", quantity }], payBy };
  await service.send("POST", "/orders", order, { prefer: "wait=10" });
  return orderId(service, reference);
}

/** Lets an order expire, as if its time were over. */
async function expire(id: string): Promise<void> {
  await service.sql(`update "order" set pay_by = now() - interval '1 minute' where id = $1`, [id]);
  await expect
    .poll(async () => (await service.send("GET", `/orders/${id}`)).body)
    .toMatchObject({ status: "expired" });
}

describe("a store whose orders are paid first", () => {
  it("is set up in words, and shows what awaits its payment", async () => {
    const { page, visit } = visitor;
    await visit("/settings/store");
    await page.getByLabel("When is stock taken?").selectOption("When an order is paid");
    await page.getByText("A new order awaits its payment and takes no units.").waitFor();
    expect(await lookOver(visitor, "store-paid-first")).toEqual([]);
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved.").waitFor();
    const id = await placeUnpaid("P-1", 3);
    await visit("/orders?status=awaiting-payment");
    await page.getByText("To be paid by").waitFor();
    expect(await lookOver(visitor, "orders-awaiting-payment")).toEqual([]);
    await visit(`/orders/${id}`);
    await page.getByText("Awaiting payment, until").waitFor();
    expect(await lookOver(visitor, "order-awaiting-payment")).toEqual([]);
    await page.getByRole("button", { name: "Mark as paid" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Note").fill("Bank transfer");
    expect(await lookOver(visitor, "mark-as-paid", "window")).toEqual([]);
    await dialog.getByRole("button", { name: "Mark as paid" }).click();
    await page.getByText("Order P-1 is paid.").waitFor();
    await page.getByText("Confirmed").first().waitFor();
    await page.getByText("Bank transfer").waitFor();
    await service.send("PUT", "/store", { name: "Shop", takeStock: "placed" });
  });
});

describe("an order that is not paid in time", () => {
  it("says that it expired, and can be taken once more as long as all of it is there", async () => {
    const { page, visit } = visitor;
    const id = await placeUnpaid("P-2", 10);
    await visit(`/orders/${id}`);
    await page.getByText("Not paid yet, until").waitFor();
    await expire(id);
    await visit(`/orders/${id}`);
    await page.getByText("It was to be paid by").waitFor();
    expect(await lookOver(visitor, "order-expired")).toEqual([]);
    await placeOrder(service, "P-3", [{ sku: "POT", quantity: 12 }]);
    const dialog = page.getByRole("dialog");
    await page.getByRole("button", { name: "Mark as paid" }).click();
    await dialog.getByRole("button", { name: "Mark as paid" }).click();
    await dialog.getByText("The order was not paid in time").waitFor();
    await dialog.getByText("POT: 10 ordered, 5 available.").waitFor();
    expect(await lookOver(visitor, "retake-refused", "window")).toEqual([]);
    await service.send("POST", "/stock/POT/adjustments", { delta: 20 });
    await dialog.getByRole("button", { name: "Mark as paid" }).click();
    await page.getByText("Order P-2 is paid.").waitFor();
    await page.getByText("Confirmed").first().waitFor();
    expect(await page.getByRole("button", { name: "Mark as paid" }).count()).toBe(0);
  });
});

describe("an order that is paid when its stock is gone", () => {
  it("says that it has to be refunded, on its page and on the overview", async () => {
    const { page, visit } = visitor;
    await service.send("PUT", "/store", { name: "Shop", takeStock: "paid" });
    const id = await placeUnpaid("P-4", 1_000);
    await service.send("PUT", "/store", { name: "Shop", takeStock: "placed" });
    await service.send("POST", `/orders/${id}/pay`, {}, { prefer: "wait=10" });
    await visit(`/orders/${id}`);
    await page.getByText("Paid, but rejected: refund it").waitFor();
    expect(await lookOver(visitor, "order-to-refund")).toEqual([]);
    await visit("/");
    await page.getByText("1 paid, to refund").waitFor();
  });
});
