// The head of a product's page in the browser: what can be expected of its counts, and a count that is made and undone.

import { describe, expect, it } from "vitest";
import { createPool } from "../../src/db/sql/pool.ts";
import { refreshOutlooks } from "../../src/workers/sweeper/refresh-outlooks.ts";
import { allLooks, logIn, lookOver } from "../support/browser.ts";
import { createProduct } from "../support/shop.ts";
import { startVisitedService } from "../support/visited-service.ts";

const { service, browser, visitor } = await startVisitedService();

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

/** Has the sweeper look for the sales of all items. */
async function findSales(): Promise<void> {
  await service.sql("delete from level_outlook");
  const options = { max: 1, synchronousCommit: "on", onError: () => undefined } as const;
  const pool = createPool(service.databaseUrl, options);
  await refreshOutlooks(pool, { stop: () => false, confirm: () => Promise.resolve() });
  await pool.end();
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

describe("a lead time and a pack size", () => {
  it("set in the form change what to reorder on the same page", async () => {
    const { page, visit } = visitor;
    await visit("/products/LASTS");
    await page.getByLabel("Lead Time in Days").fill("21");
    await page.getByLabel("Pack Size").fill("0");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("That is too small. Type 1 or more.").first().waitFor();
    await page.getByLabel("Pack Size").fill("48");
    await page.getByRole("button", { name: "Save" }).click();
    const head = page.getByRole("region", { name: "Stock of LASTS" });
    await head.getByText(/21 days until it arrives .*; packs of 48\.$/).waitFor();
    const text = await head.getByText(/^Reorder [\d,]+ units\.$/).textContent();
    expect(Number(text?.replaceAll(/\D/g, "")) % 48).toBe(0);
    for (const look of allLooks) {
      const other = await logIn(browser, service, { look });
      await other.visit("/products/LASTS");
      expect(await lookOver(other, "product-lead-time")).toEqual([]);
      await other.leave();
    }
    await service.send("PATCH", "/products/LASTS", { leadDays: null, packSize: null });
  });

  it("of a variant are asked for once it has units of its own", async () => {
    const variants = [
      { sku: "LAMP-S", unitsInStock: 5, leadDays: 3 },
      { sku: "LAMP-L", name: "Large" },
    ];
    await createProduct(service, "LAMP", { name: "Lamp", unitsInStock: 1, packSize: 6, variants });
    for (const look of allLooks) {
      const other = await logIn(browser, service, { look });
      await other.visit("/products/LAMP");
      const small = other.page.getByRole("listitem", { name: "LAMP-S" });
      expect(await small.getByLabel("Lead Time in Days").inputValue()).toBe("3");
      expect(await small.getByLabel("Pack Size").getAttribute("placeholder")).toContain("6");
      const large = other.page.getByRole("listitem", { name: "Large" });
      expect(await large.getByLabel("Pack Size").count()).toBe(0);
      expect(await lookOver(other, "variant-lead-time")).toEqual([]);
      await other.leave();
    }
  });
});

describe("the list of what runs out", () => {
  it("mails what is chosen to a supplier, and leads on to the expected delivery", async () => {
    const { page, visit } = visitor;
    await findSales();
    await visit("/running-out");
    await page.getByRole("checkbox", { name: "Choose Oolong" }).check();
    await page.getByText("1 item chosen.").waitFor();
    await page.getByRole("button", { name: "Mail to a supplier" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Supplier's address").fill("orders at supplier");
    await dialog.getByRole("button", { name: "Write the mail" }).click();
    await dialog.locator("[aria-invalid=true]").waitFor();
    await dialog.getByLabel("Supplier's address").fill("orders@supplier.example");
    await dialog.getByLabel("Message").fill("Please confirm.");
    expect(await lookOver(visitor, "supplier-mail", "window")).toEqual([]);
    await dialog.getByRole("button", { name: "Write the mail" }).click();
    await dialog.getByText(/kept in the mail log and is not sent/).waitFor();
    expect(await lookOver(visitor, "supplier-mail-written", "window")).toEqual([]);
    const mails = await service.sql(
      "select status from mail where to_email like '%supplier.example'",
    );
    expect(mails).toHaveLength(1);
    await dialog.getByRole("link", { name: "Mark 1 item as ordered" }).click();
    await page.getByRole("heading", { name: "Announce a delivery" }).waitFor();
  });

  it.each(allLooks)("has a dialog for the mail that can be read on a %s", async (look) => {
    const other = await logIn(browser, service, { look });
    await other.visit("/running-out");
    await other.page.getByRole("button", { name: "Mail to a supplier" }).click();
    await other.page.getByRole("dialog").getByLabel("Subject").waitFor();
    expect(await lookOver(other, "supplier-mail", "window")).toEqual([]);
    await other.page.keyboard.press("Escape");
    await other.page.getByRole("dialog").waitFor({ state: "detached" });
    expect(await lookOver(other, "running-out-reorder")).toEqual([]);
    await other.leave();
  });

  it("says what to reorder and why, and what is marked as ordered is on its way", async () => {
    const { page, visit } = visitor;
    await findSales();
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
