// The head of a product's page in the browser: what can be expected of its counts, and a count that is made and undone.

import { describe, expect, it } from "vitest";
import { createPool } from "../../src/db/sql/pool.ts";
import { refreshOutlooks } from "../../src/workers/sweeper/refresh-outlooks.ts";
import { lookOver } from "../support/browser.ts";
import { createProduct } from "../support/shop.ts";
import { startVisitedService } from "../support/visited-service.ts";

const { service, visitor } = await startVisitedService();

/** Gives a count a past of so many days, with so many units sold on each. */
async function sellFor(sku: string, days: number, unitsPerDay: number): Promise<void> {
  await service.sql(
    `with past as (
       select l.id, l.units, day from stock_level l, generate_series(1, $2::integer) day
       where l.sku = $1 and not l.retired
     ), ledger as (
       select id, 'import' as kind, units + $2 * $3::integer as change, units + $2 * $3 as units_after,
         null::uuid as order_id, now() - ($2 + 0.5) * interval '1 day' as at from past where day = 1
       union all
       select id, 'sale', -$3, units + ($2 - day) * $3, gen_random_uuid(), now() - ($2 - day + 0.5) * interval '1 day'
       from past
     )
     insert into movement (level_id, kind, change, units_after, order_id, at)
     select id, kind, change, units_after, order_id, at from ledger order by at`,
    [sku, days, unitsPerDay],
  );
}

describe("the head of a product's page", () => {
  it("tells how long its units last, and how sure that is", async () => {
    const { page, visit } = visitor;
    await service.sql("alter table movement disable trigger movement_immutable");
    await createProduct(service, "LASTS", { name: "Oolong", unitsInStock: 46 });
    await service.sql("delete from movement");
    await service.sql("alter table movement enable trigger movement_immutable");
    await sellFor("LASTS", 28, 20);
    await visit("/products/LASTS");
    const head = page.getByRole("region", { name: "Stock of LASTS" });
    await head.getByText("In stock: 46 units.").waitFor();
    await head.getByText("140", { exact: true }).waitFor();
    await head.getByText("560", { exact: true }).waitFor();
    await head.getByText(/^(?:Quite sure|Roughly): /).waitFor();
    expect(await lookOver(visitor, "product-head")).toEqual([]);
  });

  it("calls what it says of a store that is a minute old a guess", async () => {
    const { page, visit } = visitor;
    await createProduct(service, "YOUNG", { name: "New", unitsInStock: 9 });
    await visit("/products/YOUNG");
    const head = page.getByRole("region", { name: "Stock of YOUNG" });
    await head.getByText("None sold in 1 day.").waitFor();
  });

  it("takes a count, keeps it in the history, and undoes it with a click", async () => {
    const { page, visit } = visitor;
    await visit("/products/LASTS");
    await page.getByRole("button", { name: "Count LASTS" }).click();
    const form = page.getByRole("form", { name: "Adjust the stock of LASTS" });
    await form.getByLabel("Units counted").fill("26");
    await form.getByRole("button", { name: "Save" }).click();
    await page.getByText("LASTS has 26 units now.").waitFor();
    expect(await lookOver(visitor, "product-head-counted", "window")).toEqual([]);
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await page.getByText("Undone: LASTS has 46 units now.").waitFor();

    await visit("/products/LASTS/history");
    const ledger = page.getByRole("table", { name: "Ledger" });
    await ledger.getByText("Counted 26, was 46").waitFor();
    await ledger.getByText("Undone", { exact: true }).waitFor();
    await ledger.getByText(/^Undo of −20 of /).waitFor();
    await ledger.getByRole("button", { name: /^Undo \+20 of / }).click();
    await page.getByText("Undone: LASTS has 26 units now.").waitFor();
    expect(await lookOver(visitor, "stock-history-undone")).toEqual([]);
  });

  it("says why a change can't be undone any more", async () => {
    const { page, visit } = visitor;
    await createProduct(service, "GONE", { name: "Gone", unitsInStock: 1 });
    await service.send("POST", "/stock/GONE/adjustments", { delta: 9, kind: "receipt" });
    await service.send("POST", "/stock/GONE/adjustments", { delta: -8, reason: "loss" });
    await visit("/products/GONE/history");
    await page.getByRole("button", { name: /^Undo \+9 of / }).click();
    await page.getByText("This can't be undone: only 2 units are left.").waitFor();
  });
});

describe("the list of what runs out", () => {
  it("says what to reorder and why, and what is marked as ordered is on its way", async () => {
    const { page, visit } = visitor;
    await service.sql("delete from level_outlook");
    const options = { max: 1, synchronousCommit: "on", onError: () => undefined } as const;
    const pool = createPool(service.databaseUrl, options);
    await refreshOutlooks(pool, { stop: () => false, confirm: () => Promise.resolve() });
    await pool.end();
    await visit("/running-out");
    const row = page.getByRole("row").filter({ hasText: "LASTS" });
    await row.getByText(/^Sells 20 a day on the 28 days it was in stock; 7 days until/).waitFor();
    expect(await lookOver(visitor, "running-out-reorder")).toEqual([]);
    await page.getByRole("link", { name: /^Mark \d items? as ordered$/ }).click();
    await page.getByRole("heading", { name: "Announce a delivery" }).waitFor();
    await page.getByLabel("Order number").fill("PO-LASTS");
    await page.getByLabel("Expected on").fill("2036-03-02");
    await page.getByRole("button", { name: "Announce the delivery" }).click();
    await page.getByText("PO-LASTS is expected on").waitFor();
    await visit("/running-out");
    await row.getByText("Enough for now").waitFor();
  });
});
