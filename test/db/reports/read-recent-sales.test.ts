import type { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readRecentSales } from "../../../src/db/reports/read-recent-sales.ts";
import { createPool } from "../../../src/db/sql/pool.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { createProduct, createVariant } from "../../support/stock.ts";

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { max: 2, synchronousCommit: "on", onError: () => undefined });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

type Movement = readonly [kind: "import" | "sale" | "restock", change: number, daysAgo: number];

/** Writes a ledger; each movement is as old as it says. */
async function writeLedger(sku: string, movements: readonly Movement[]): Promise<void> {
  let units = 0;
  for (const [kind, change, daysAgo] of movements) {
    units += change;
    await pool.query(
      `with level as (update stock_level set units = $2 where sku = $1 and not retired returning id)
       insert into movement (level_id, kind, change, units_after, order_id, at)
       select id, $3, $4, $2, case when $3 in ('sale', 'restock') then gen_random_uuid() end,
         now() - $5::float8 * interval '1 day' from level`,
      [sku, units, kind, change, daysAgo],
    );
  }
}

describe("recent sales", () => {
  it("are those of the period, whatever else moved the units", async () => {
    await createProduct(pool, "MUG", { units: 0 });
    await writeLedger("MUG", [
      ["import", 100, 60],
      ["sale", -40, 30],
      ["sale", -3, 20],
      ["restock", 2, 10],
      ["sale", -4, 1],
    ]);
    expect(await readRecentSales(pool, "MUG", 28)).toEqual([
      { sku: "MUG", unitsSold: 7, days: 28 },
    ]);
  });

  it("of a young item are those of fewer days", async () => {
    await createProduct(pool, "NEW", { units: 0 });
    await writeLedger("NEW", [
      ["import", 50, 8.5],
      ["sale", -9, 2],
    ]);
    expect(await readRecentSales(pool, "NEW", 28)).toEqual([{ sku: "NEW", unitsSold: 9, days: 9 }]);
  });

  it("are told of each count: the product's, and those of variants with units of their own", async () => {
    await createProduct(pool, "TEE", { units: 0 });
    await createVariant(pool, "TEE", "TEE-OWN", 0);
    await createVariant(pool, "TEE", "TEE-SHARED", null);
    await writeLedger("TEE-OWN", [
      ["import", 50, 40],
      ["sale", -28, 3],
    ]);
    expect(await readRecentSales(pool, "TEE", 28)).toEqual([
      { sku: "TEE", unitsSold: 0, days: 1 },
      { sku: "TEE-OWN", unitsSold: 28, days: 28 },
    ]);
  });

  it("are none of an unknown product, nor of one whose stock is not tracked", async () => {
    await createProduct(pool, "LOOSE", { tracked: false });
    expect(await readRecentSales(pool, "LOOSE", 28)).toEqual([]);
    expect(await readRecentSales(pool, "NONE", 28)).toEqual([]);
  });
});
