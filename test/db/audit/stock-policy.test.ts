// The history of levels: it says what the rule of the domain says, and knows which movements belong to an edit.

import * as fc from "fast-check";
import type { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPool } from "../../../src/db/sql/pool.ts";
import { alertStateOf } from "../../../src/domain/stock/alert-transition.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { createProduct, createVariant } from "../../support/stock.ts";

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { max: 2, synchronousCommit: "off", onError: () => undefined });
});
afterAll(async () => {
  await pool?.end();
  await database?.drop();
});

const threshold = fc.option(fc.integer({ min: -2, max: 6 }), { nil: null });
const anyHolder = fc.record({
  units: fc.integer({ min: -3, max: 8 }),
  tracked: fc.boolean(),
  inUse: fc.boolean(),
  threshold,
  outOfStockThreshold: fc.option(fc.integer({ min: 0, max: 6 }), { nil: null }),
  allowPreOrder: fc.boolean(),
  allowNegativeStock: fc.boolean(),
});

type Policy = {
  id: number;
  begins: number;
  ends: number;
  counted: boolean;
  low: number;
  out: number;
};

async function policiesOf(sku: string): Promise<Policy[]> {
  const { rows } = await pool.query<Policy>(
    `select p.id, p.begins_after as begins, p.ends_with as ends, p.counted, p.low_at as low, p.out_at as out
     from stock_policy p join stock_level l on l.id = p.level_id where l.sku = $1 order by p.id`,
    [sku],
  );
  return rows;
}

const movementsOf = async (sku: string) => {
  const { rows } = await pool.query<{ id: number }>(
    `select m.id from movement m join stock_level l on l.id = m.level_id where l.sku = $1 order by m.id`,
    [sku],
  );
  return rows.map(({ id }) => id);
};

const adjust = (sku: string, units: number) => `
  with level as (update stock_level set units = units + ${units} where sku = '${sku}' returning id, units)
  insert into movement (level_id, kind, change, units_after) select id, 'adjustment', ${units}, units from level;`;

describe("the policy of a level in SQL", () => {
  it("gives every count the alert state that the domain gives it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyHolder, { minLength: 20, maxLength: 40 }), async (holders) => {
        const { rows } = await pool.query<{ state: string | null }>(
          `select case when not p.counted then null when h.units <= p.out_at then 'out'
             when h.units <= p.low_at then 'low' end as state
           from jsonb_array_elements($1::jsonb) with ordinality as given (holder, place)
             cross join lateral jsonb_populate_record(null::stock_level, given.holder) h
             cross join lateral stock_policy_of(h) p
           order by place`,
          [
            JSON.stringify(
              holders.map((holder) => ({
                id: 0,
                product_id: 0,
                variant_required: false,
                retired: !holder.inUse,
                hidden: false,
                units: holder.units,
                tracked: holder.tracked,
                threshold: holder.threshold,
                out_of_stock_threshold: holder.outOfStockThreshold,
                allow_pre_order: holder.allowPreOrder,
                allow_negative_stock: holder.allowNegativeStock,
              })),
            ),
          ],
        );
        expect(rows.map(({ state }) => state)).toEqual(
          holders.map((holder) => alertStateOf({ ...holder, id: 0, alert: null })),
        );
      }),
      { numRuns: 40 },
    );
  });
});

describe("the history of levels", () => {
  it("begins with the item, and grows only when a level changes", async () => {
    await createProduct(pool, "PEN", { threshold: 3 });
    await pool.query("update product set name = 'Pen' where sku = 'PEN'");
    await pool.query(adjust("PEN", -1));
    expect(await policiesOf("PEN")).toMatchObject([{ counted: true, low: 3, out: 3 }]);
    await pool.query("update product set out_of_stock_threshold = 1 where sku = 'PEN'");
    await pool.query("update product set deleted_at = now() where sku = 'PEN'");
    expect(await policiesOf("PEN")).toMatchObject([
      { counted: true, low: 3, out: 3 },
      { counted: true, low: 3, out: 1 },
      { counted: false },
    ]);
  });

  it("counts movements of the same transaction as part of the edit, before and after the change", async () => {
    await createProduct(pool, "CUP", { threshold: 3 });
    await pool.query(adjust("CUP", -1));
    await pool.query(`begin; ${adjust("CUP", -2)}
      update product set stock_alert_threshold = 8 where sku = 'CUP';
      update product set stock_alert_threshold = 9 where sku = 'CUP';
      ${adjust("CUP", 5)} ${adjust("CUP", 6)} commit`);
    await pool.query(adjust("CUP", -3));
    const movements = await movementsOf("CUP");
    const policies = await policiesOf("CUP");
    expect(policies).toHaveLength(2);
    expect(policies[1]).toMatchObject({ low: 9, begins: movements[1], ends: movements[4] });
    expect(movements).toHaveLength(6);
  });

  it("knows that nothing is sold of a product's own count if its variants have theirs", async () => {
    await createProduct(pool, "SOCK", { threshold: 3 });
    await createVariant(pool, "SOCK", "SOCK-RED", null);
    expect((await policiesOf("SOCK")).at(-1)?.counted).toBe(true);
    await pool.query("update variant set own_stock = true where sku = 'SOCK-RED'");
    expect((await policiesOf("SOCK")).at(-1)?.counted).toBe(false);
    expect((await policiesOf("SOCK-RED")).at(-1)).toMatchObject({ counted: true, low: 3 });
  });
});
