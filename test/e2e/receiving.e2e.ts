// A delivery from its announcement to its end, in the browser and on the real service.

import { describe, expect, it } from "vitest";
import * as z from "zod";
import { lookOver } from "../support/browser.ts";
import { createProduct } from "../support/shop.ts";
import { startVisitedService } from "../support/visited-service.ts";

const { service, visitor } = await startVisitedService();
const { page, visit } = visitor;

await createProduct(service, "MUG", { name: "Mug", unitsInStock: 4, stockAlertThreshold: 5 });
await createProduct(service, "TEE", {
  name: "Shirt",
  variants: [
    { sku: "TEE-S", name: "Small", unitsInStock: 1 },
    { sku: "TEE-M", name: "Medium", unitsInStock: 1 },
  ],
});

const stock = async (sku: string) => (await service.send("GET", `/stock/${sku}`)).body;

async function addItem(typed: string, option: string): Promise<void> {
  await page.getByRole("combobox", { name: "Add an item" }).fill(typed);
  await page.getByRole("option", { name: option }).click();
}

describe("a delivery", () => {
  it("is announced, and its product says what is on its way", async () => {
    await visit("/receiving");
    await page.getByRole("link", { name: "Announce a delivery" }).click();
    await page.getByRole("button", { name: "Announce the delivery" }).click();
    await page.getByText("Fill in “Order number”.").waitFor();
    await page.getByLabel("Order number").fill("PO-1");
    await page.getByLabel("Expected on").fill("2099-12-03");
    await page.getByLabel("Supplier").fill("Potters Ltd");
    await addItem("mug", "Mug (MUG)");
    await addItem("tee", "Shirt – Small (TEE-S)");
    await page.getByLabel("Mug", { exact: true }).fill("60");
    await page.getByLabel("Shirt – Small", { exact: true }).fill("5");
    expect(await lookOver(visitor, "new-delivery-filled")).toEqual([]);
    await page.getByRole("button", { name: "Announce the delivery" }).click();
    await page.getByRole("heading", { level: 1, name: "Delivery PO-1" }).waitFor();
    expect(await stock("MUG")).toMatchObject({ unitsInStock: 4, incoming: { units: 60 } });
    await visit("/products/TEE");
    const head = page.getByRole("region", { name: "Stock of TEE-S" });
    await head.getByRole("link", { name: "5", exact: true }).waitFor();
    await head.getByText("expected on 3 Dec 2099").waitFor();
  });

  it("is received in part: the form has what is still on its way", async () => {
    await visit("/receiving");
    await page.getByRole("link", { name: "Receive PO-1" }).click();
    await page.getByText("Of delivery PO-1").waitFor();
    expect(await page.getByLabel("Shirt – Small", { exact: true }).inputValue()).toBe("5");
    await page.getByLabel("Delivery note number").fill("DN-1");
    await page.getByLabel("Mug", { exact: true }).fill("58");
    await addItem("medium", "Shirt – Medium (TEE-M)");
    await page.getByLabel("Shirt – Medium", { exact: true }).fill("1");
    await page.getByRole("button", { name: "Receive", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Receipt DN-1" }).waitFor();
    expect(await stock("MUG")).toMatchObject({ unitsInStock: 62, incoming: { units: 2 } });
    await page.getByRole("link", { name: "PO-1" }).click();
    const row = page.getByRole("row").filter({ hasText: "TEE-M" });
    await row.getByText("Not expected").waitFor();
    expect(await lookOver(visitor, "expected-delivery-in-part")).toEqual([]);
  });

  it("is moved to another day, and closed with a reason", async () => {
    await visit("/expected-deliveries/PO-1");
    await page.getByLabel("Expected on").fill("2099-12-10");
    await page.getByRole("button", { name: "Save the day" }).click();
    await page.getByText("PO-1 is expected on 10 Dec 2099 now.").waitFor();
    await page.getByLabel("Reason").fill("2 were broken, credited");
    await page.getByRole("button", { name: "Close this delivery" }).click();
    await page.getByText("Closed with differences").waitFor();
    await page.getByText("2 missing").waitFor();
    expect(await stock("MUG")).toMatchObject({ incoming: null });
    expect(await lookOver(visitor, "expected-delivery-closed")).toEqual([]);
  });
});

describe("a receipt", () => {
  it("from a file is refused with its faults by line, and received when they are corrected", async () => {
    await visit("/new-receipt");
    await page.getByLabel("Delivery note number").fill("DN-2");
    await page.getByText("From a file").click();
    await page.locator('input[type="file"]').setInputFiles({
      name: "note.csv",
      mimeType: "text/csv",
      buffer: Buffer.from("sku;units\nMUG;lots\nTEE-S;2\n"),
    });
    await expect.poll(() => page.getByLabel("Rows").inputValue()).toContain("MUG;lots");
    await page.getByRole("button", { name: "Receive", exact: true }).click();
    await page.getByText('Line 2, units: Expected a whole number; got "lots"').waitFor();
    expect(await lookOver(visitor, "new-receipt-faults")).toEqual([]);
    await page.getByLabel("Rows").fill("sku;units\nMUG;3\nTEE-S;2\n");
    await page.getByRole("button", { name: "Receive", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Receipt DN-2" }).waitFor();
    expect(await stock("MUG")).toMatchObject({ unitsInStock: 65 });
  });

  it("with a number that was received already adds nothing, and says so", async () => {
    await visit("/products/MUG");
    await page.getByRole("link", { name: "Receive", exact: true }).click();
    await page.getByLabel("Delivery note number").fill("DN-2");
    await page.getByLabel("Mug", { exact: true }).fill("7");
    await page.getByRole("button", { name: "Receive", exact: true }).click();
    await page.getByText("This was received already").waitFor();
    expect(await lookOver(visitor, "new-receipt-known")).toEqual([]);
    expect(await stock("MUG")).toMatchObject({ unitsInStock: 65 });
    await page.getByLabel("Delivery note number").fill("DN-3");
    await page.getByRole("button", { name: "Receive", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Receipt DN-3" }).waitFor();
    expect(await stock("MUG")).toMatchObject({ unitsInStock: 72 });
  });
});

describe("a receipt that was wrong", () => {
  const receive = async (reference: string, units: string) => {
    await visit("/new-receipt?sku=MUG");
    await page.getByLabel("Delivery note number").fill(reference);
    await page.getByLabel("Mug", { exact: true }).fill(units);
    await page.getByRole("button", { name: "Receive", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: `Receipt ${reference}` }).waitFor();
  };

  it("is undone with a click on its notice, and says so ever after", async () => {
    const before = z.object({ unitsInStock: z.number() }).parse(await stock("MUG"));
    await receive("DN-WRONG", "7");
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await page.getByText("7 units of DN-WRONG taken out of stock again.").waitFor();
    expect(await stock("MUG")).toMatchObject(before);
    await page.getByText("Undone", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Undo this receipt" }).waitFor({ state: "detached" });
    expect(await lookOver(visitor, "receipt-undone")).toEqual([]);
  });

  it("says of which items the units are gone", async () => {
    await service.send("POST", "/receipts", {
      reference: "DN-GONE",
      lines: [
        { sku: "MUG", units: 3 },
        { sku: "TEE-S", units: 4 },
      ],
    });
    await service.send("POST", "/stock/TEE-S/adjustments", { set: 1 });
    await visit("/receipts/DN-GONE");
    await page.getByRole("button", { name: "Undo this receipt" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(/^7 units will be taken out of stock again/).waitFor();
    expect(await lookOver(visitor, "receipt-undo-asked", "window")).toEqual([]);
    await dialog.getByRole("button", { name: "Undo 2 changes" }).click();
    await page.getByText("3 units of DN-GONE taken out of stock again.").waitFor();
    await page.getByText(/TEE-S: This can't be undone: only 1 unit is left/).waitFor();
    expect(await stock("TEE-S")).toMatchObject({ unitsInStock: 1 });
    expect(await lookOver(visitor, "receipt-undone-in-part", "window")).toEqual([]);
  });
});
