// The two thresholds of a product in the browser: what the form says follows, what it suggests, and the words for each
// state on every page.

import { Client } from "pg";
import { describe, expect, it } from "vitest";
import { lookOver } from "../support/browser.ts";
import { createProduct, placeOrder } from "../support/shop.ts";
import { startVisitedService } from "../support/visited-service.ts";

const { service, visitor } = await startVisitedService();

const read = async (sku: string) => (await service.send("GET", `/products/${sku}`)).body;
const row = (text: string) => visitor.page.getByRole("row").filter({ hasText: text });

/** Gives a product a past: counted first 40 days ago, and so many units sold in the last days. */
async function sellLately(sku: string, unitsSold: number): Promise<void> {
  const client = new Client({ connectionString: service.databaseUrl });
  await client.connect();
  await client.query(
    `with level as (select id, units from stock_level where sku = $1 and not retired)
     insert into movement (level_id, kind, change, units_after, order_id, at)
     select l.id, m.kind, m.change, l.units + m.left, m.order_id, now() - m.days * interval '1 day' from level l,
       (values ('import', $2::integer, $2, null::uuid, 40), ('sale', -$2::integer, 0, gen_random_uuid(), 3))
         as m (kind, change, "left", order_id, days)`,
    [sku, unitsSold],
  );
  await client.end();
}

describe("the thresholds in the form", () => {
  it("say in words what follows, while they are typed", async () => {
    const { page, visit } = visitor;
    await createProduct(service, "LEVELS", {
      name: "Tea tin",
      unitsInStock: 40,
      stockAlertThreshold: 10,
      variants: [
        { sku: "LEVELS-S", name: "Small", unitsInStock: 9 },
        { sku: "LEVELS-L", name: "Large" },
      ],
    });
    await visit("/products/LEVELS");
    await page.getByText("Warns at 10 and stops selling at 10, as long as no").waitFor();
    await page.getByLabel("Out-of-Stock Threshold").first().fill("0");
    await page.getByText("Warns at 10, stops selling at 0: the last unit is sold.").waitFor();
    await page.getByLabel("Out-of-Stock Threshold").first().fill("3");
    await page.getByText("Warns at 10, stops selling at 3: 3 units are kept back.").waitFor();
    const small = page.getByRole("listitem", { name: "Small" });
    await small.getByLabel("Out-of-Stock Threshold").fill("1");
    await small.getByText("Warns at 10, stops selling at 1: 1 unit is kept back.").waitFor();
    expect(await lookOver(visitor, "two-levels-form")).toEqual([]);

    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("is saved.").last().waitFor();
    expect(await read("LEVELS")).toMatchObject({
      outOfStockThreshold: 3,
      variants: [{ outOfStockThreshold: 1 }, { outOfStockThreshold: null }],
    });
  });

  it("refuse a number below zero before anything is sent", async () => {
    const { page, visit } = visitor;
    await visit("/products/LEVELS");
    await page.getByLabel("Out-of-Stock Threshold").first().fill("-1");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Type 0 or more.").waitFor();
  });

  it("are suggested from the sales of the last 28 days, and saved only by the person", async () => {
    const { page, visit } = visitor;
    await createProduct(service, "SELLS", {
      name: "Seller",
      trackInventory: true,
      unitsInStock: 0,
    });
    await sellLately("SELLS", 56);
    await visit("/products/SELLS");
    await page
      .getByText("56 units sold in the last 28 days. Suggested: warn at 28, stop selling at 2.")
      .waitFor();
    await page.getByRole("button", { name: "Use suggested thresholds" }).click();
    await page.getByText("Warns at 28, stops selling at 2: 2 units are kept back.").waitFor();
    expect(await read("SELLS")).toMatchObject({ stockAlertThreshold: null });
    expect(await lookOver(visitor, "two-levels-suggestion")).toEqual([]);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect
      .poll(() => read("SELLS"))
      .toMatchObject({ stockAlertThreshold: 28, outOfStockThreshold: 2 });
  });
});

describe("each state of a count", () => {
  it("has the same words in the list, on the product's page and in a rejected order", async () => {
    const { page, visit } = visitor;
    const items = [
      ["STATE-PLENTY", { name: "State plenty", unitsInStock: 30, stockAlertThreshold: 10 }],
      [
        "STATE-LOW",
        { name: "State low", unitsInStock: 10, stockAlertThreshold: 10, outOfStockThreshold: 0 },
      ],
      ["STATE-HELD", { name: "State held", unitsInStock: 10, stockAlertThreshold: 10 }],
      ["STATE-NONE", { name: "State none", unitsInStock: 0 }],
    ] as const;
    for (const [sku, product] of items) await createProduct(service, sku, product);
    await visit("/products?q=state");
    await row("STATE-LOW").getByText("Low", { exact: true }).waitFor();
    await row("STATE-HELD").getByText("Not sold", { exact: true }).waitFor();
    await row("STATE-NONE").getByText("None left", { exact: true }).waitFor();
    expect(
      await row("STATE-PLENTY")
        .getByText(/Low|Not sold|None left/)
        .count(),
    ).toBe(0);
    expect(await lookOver(visitor, "two-levels-list")).toEqual([]);

    const held = "10 on the shelf, held back by the threshold of 10";
    const sentences = {
      "STATE-PLENTY": "In stock: 30 units.",
      "STATE-LOW": "At or below its threshold of 10; still sold.",
      "STATE-HELD": held,
      "STATE-NONE": "None left",
    };
    for (const [sku, sentence] of Object.entries(sentences)) {
      await visit(`/products/${sku}`);
      await page.getByText(sentence).first().waitFor();
      expect(await lookOver(visitor, `two-levels-${sku.toLowerCase()}`)).toEqual([]);
    }

    await visit("/products?status=low&q=state");
    await row("STATE-LOW").waitFor();
    expect(await row("STATE-HELD").count()).toBe(0);

    const lines = [
      { sku: "STATE-HELD", quantity: 2 },
      { sku: "STATE-NONE", quantity: 1 },
    ];
    expect(await placeOrder(service, "STATE-1", lines)).toBe(409);
    await visit("/orders?reference=STATE-1");
    await page.getByRole("link", { name: "STATE-1" }).click();
    await page.getByText(`STATE-HELD was not sold: ${held}; 2 units ordered.`).waitFor();
    await page.getByText("STATE-NONE: none left; 1 unit ordered.").waitFor();
    expect(await lookOver(visitor, "two-levels-rejected")).toEqual([]);
  });
});
