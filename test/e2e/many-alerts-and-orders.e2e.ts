// A manager does something to many alerts and many orders at once: by check boxes and a bar, with an outcome for each.

import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { pageIn } from "../support/answers.ts";
import { allLooks, logIn, lookOver } from "../support/browser.ts";
import { createGroup, createPerson } from "../support/people.ts";
import { createProduct, orderId, placeOrder } from "../support/shop.ts";
import { startVisitedService } from "../support/visited-service.ts";

const { service, browser, visitor } = await startVisitedService();
const { page, visit } = visitor;

await createProduct(service, "CUP", { name: "Cup", unitsInStock: 20, stockAlertThreshold: 12 });
await createProduct(service, "POT", { name: "Pot", unitsInStock: 20, stockAlertThreshold: 12 });
await createProduct(service, "TIN", { name: "Tin", unitsInStock: 20, stockAlertThreshold: 12 });
await createProduct(service, "JUG", { name: "Jug", unitsInStock: 2, allowPreOrder: true });
await createProduct(service, "WRAP", { name: "Gift wrapping", type: "service" });
await placeOrder(service, "M-1", [
  { sku: "CUP", quantity: 9 },
  { sku: "WRAP", quantity: 1 },
]);
await placeOrder(service, "M-2", [{ sku: "POT", quantity: 10 }]);
await placeOrder(service, "M-3", [{ sku: "TIN", quantity: 11 }]);
await placeOrder(service, "M-4", [{ sku: "JUG", quantity: 5 }]);
await placeOrder(service, "M-5", [{ sku: "TIN", quantity: 500 }]);

const box = (name: string) => page.getByRole("checkbox", { name: `Choose ${name}`, exact: true });
const all = page.getByRole("checkbox", { name: "Choose all that are shown" });
const bar = page.getByRole("region", { name: "The chosen rows" });
const dialog = page.getByRole("dialog");

const alertOf = async (sku: string) =>
  pageIn(await service.send("GET", `/alerts?sku=${sku}&status=open`)).data[0];
const units = async (sku: string) => (await service.send("GET", `/stock/${sku}`)).body;
const order = async (reference: string) =>
  (await service.send("GET", `/orders/${await orderId(service, reference)}`)).body;

const say = async (sku: string, said: object) =>
  service.send("PATCH", `/alerts/${z.string().parse((await alertOf(sku))?.["id"])}`, said);

describe("many alerts at once", () => {
  it("are seen to, but for one that somebody sees to already, and it is undone", async () => {
    await visit("/alerts");
    await page.getByRole("link", { name: "Tin" }).waitFor();
    await all.check();
    await bar.getByText("4 chosen").waitFor();
    await box("Jug").uncheck();
    // The page does not know this yet.
    await say("POT", { note: "Ordered" });
    await bar.getByRole("button", { name: "I see to them" }).click();
    await page.getByText("You see to 2 alerts now.").waitFor();
    const refused = page.getByRole("alert").filter({ hasText: "1 of 3 alerts" });
    await refused.getByText(/^Pot: .+ sees to it already\.$/).waitFor();
    expect(await lookOver(visitor, "alerts-seen-to")).toEqual([]);
    expect(await alertOf("CUP")).toMatchObject({ acknowledged: { note: null } });

    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("2 alerts are as before.").waitFor();
    expect(await alertOf("CUP")).toMatchObject({ acknowledged: null });
    expect(await alertOf("TIN")).toMatchObject({ acknowledged: null });
    expect(await alertOf("POT")).toMatchObject({ acknowledged: { note: "Ordered" } });
  });

  it("are snoozed until a day, and the undo leaves alone what somebody else has changed", async () => {
    await visit("/alerts");
    await box("Cup").check();
    await box("Tin").check();
    await bar.getByRole("button", { name: "Snooze" }).click();
    const day = dialog.getByLabel("Snooze until");
    const submit = dialog.getByRole("button", { name: "Snooze 2 alerts" });
    await day.fill("2020-01-01");
    await dialog.getByText("Choose a day after today.").waitFor();
    expect(await submit.isDisabled()).toBe(true);
    await day.fill("2040-03-01");
    expect(await lookOver(visitor, "alerts-snooze", "window")).toEqual([]);
    await submit.click();
    await page.getByText("2 alerts are snoozed until 1 Mar 2040.").waitFor();
    // The day begins at midnight in Berlin.
    const until = "2040-02-29T23:00:00.000Z";
    expect(await alertOf("CUP")).toMatchObject({ snoozed: { until }, acknowledged: null });

    const other = "2041-01-01T00:00:00.000Z";
    await say("TIN", { snoozedUntil: other });
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("1 alert is as before.").waitFor();
    await page.getByText("Tin: Somebody else has changed it meanwhile").waitFor();
    expect(await alertOf("CUP")).toMatchObject({ snoozed: null });
    expect(await alertOf("TIN")).toMatchObject({ snoozed: { until: other } });
  });
});

describe("many orders at once", () => {
  it("are exported, only those that are chosen", async () => {
    await visit("/orders");
    await box("M-2").check();
    await box("M-5").check();
    const coming = page.waitForEvent("download");
    await bar.getByRole("link", { name: "Export 2 orders as CSV" }).click();
    const file = await readFile(await (await coming).path(), "utf8");
    const references = file
      .trim()
      .split("\r\n")
      .slice(1)
      .map((row) => row.split(",")[1]);
    expect(references).toEqual(["M-5", "M-2"]);
  });

  it("are cancelled after a question that says how many, which can't be, and which units come back", async () => {
    await visit("/orders");
    await all.check();
    await bar.getByRole("button", { name: "Cancel 5 orders" }).click();
    await page.getByRole("dialog", { name: "Cancel 4 orders?" }).waitFor();
    await dialog.getByText("1 order can't be cancelled").waitFor();
    await dialog.getByText("M-5: It was rejected, so it has taken nothing.").waitFor();
    await dialog.getByText("32 units do not come back now.").waitFor();
    await dialog.getByLabel("Put 32 units back to stock").check();
    await dialog.getByText("3 promised units are given up.").waitFor();
    await dialog.getByText("1 unit is of items whose units are not counted").waitFor();
    expect(await lookOver(visitor, "orders-cancel", "window")).toEqual([]);
    await dialog.getByRole("button", { name: "Keep the orders" }).click();
    expect(await order("M-1")).toMatchObject({ status: "confirmed" });
  });

  it("are cancelled but for one that can't be, which stays chosen with the reason", async () => {
    await visit("/orders");
    for (const reference of ["M-1", "M-2", "M-3"]) await box(reference).check();
    await bar.getByRole("button", { name: "Cancel 3 orders" }).click();
    await dialog.getByLabel("Put 30 units back to stock").check();
    await dialog.getByLabel("Note").fill("Burst pipe");
    // Meanwhile, somebody refunds one and somebody deletes an item of another.
    await service.send("POST", `/orders/${await orderId(service, "M-2")}/refund`, {});
    await service.send("DELETE", "/products/TIN");
    await dialog.getByRole("button", { name: "Cancel 3 orders" }).click();
    await page.getByText("1 order is cancelled. 9 units came back to stock.").waitFor();
    const refused = page.getByRole("alert").filter({ hasText: "2 of 3 orders" });
    await refused.getByText("M-2: The order is refunded.").waitFor();
    await refused.getByText("M-3: Some of its items were deleted").waitFor();
    await bar.getByText("2 chosen").waitFor();
    expect(await lookOver(visitor, "orders-partly-cancelled")).toEqual([]);
    expect(await order("M-1")).toMatchObject({
      status: "cancelled",
      statusLog: expect.arrayContaining([expect.objectContaining({ note: "Burst pipe" })]),
    });
    expect(await order("M-3")).toMatchObject({ status: "confirmed" });
    expect(await units("CUP")).toMatchObject({ unitsInStock: 20 });
  });

  it("can't be cancelled by somebody who only reads, who can export them", async () => {
    await createGroup(service, "readers", ["orders:read"]);
    const reader = await createPerson(service, "rita@shop.example", ["readers"]);
    const other = await logIn(browser, service, { person: reader });
    await other.visit("/orders");
    await other.page.getByRole("checkbox", { name: "Choose M-4", exact: true }).check();
    await other.page.getByRole("link", { name: "Export 1 order as CSV" }).waitFor();
    expect(await other.page.getByRole("button", { name: /Cancel/ }).count()).toBe(0);
    await other.leave();
  });
});

it.each(allLooks)("the bars and the question show on a %s", async (look) => {
  const other = await logIn(browser, service, { look });
  await other.visit("/alerts");
  await other.page.getByRole("checkbox", { name: "Choose Pot", exact: true }).check();
  await other.page.getByRole("button", { name: "Snooze" }).waitFor();
  expect(await lookOver(other, "alerts-bar", "window")).toEqual([]);
  await other.page.getByRole("button", { name: "Snooze" }).click();
  await other.page.getByRole("dialog").getByLabel("Snooze until").waitFor();
  expect(await lookOver(other, "alerts-snooze-dialog", "window")).toEqual([]);
  await other.visit("/orders");
  await other.page.getByRole("checkbox", { name: "Choose M-4", exact: true }).check();
  await other.page.getByRole("checkbox", { name: "Choose M-5", exact: true }).check();
  await other.page.getByRole("button", { name: "Cancel 2 orders" }).waitFor();
  expect(await lookOver(other, "orders-bar", "window")).toEqual([]);
  await other.page.getByRole("button", { name: "Cancel 2 orders" }).click();
  await other.page.getByRole("dialog", { name: "Cancel 1 order?" }).waitFor();
  expect(await lookOver(other, "orders-cancel-dialog", "window")).toEqual([]);
  await other.leave();
});
