import { describe, expect, it } from "vitest";
import { audit } from "../../../src/db/audit/audit.ts";
import { createPool } from "../../../src/db/sql/pool.ts";
import { decideBatch } from "../../../src/workers/decide-batch.ts";
import { createTestDatabase } from "../../support/database.ts";
import { createProduct, decidingOn, placeOrder } from "../../support/stock.ts";

const openAlert = `insert into stock_alert (id, level_id, opened_as, state, opened_units, opened_limit)
  select gen_random_uuid(), id, 'low', 'low', units, 0 from stock_level;
  update stock_level set alert_state = 'low'`;

/** Each way to cook the books, and the invariant that must notice. */
const frauds: readonly (readonly [string, string])[] = [
  ["update stock_level set units = units + 1 where sku = 'MUG'", "the ledger's sum is the level"],
  [
    "insert into movement (level_id, kind, change, units_after) select id, 'adjustment', 1, units from stock_level",
    "each movement follows",
  ],
  [
    "update order_line set allocated = allocated - 1",
    "confirmed orders' sales and allocations equal",
  ],
  ["delete from order_line", "a line for everything that was requested"],
  [`update "order" set status = 'rejected'`, "neither lines nor sales"],
  ["update order_line set cancelled = 1, restocked = 1", "restocked units equal"],
  ["delete from event where type = 'order.confirmed'", "exactly one event"],
  ["update stock_level set alert_state = 'low'", "alert state is that of its open alert"],
  [
    `update product set deleted_at = now();
     update stock_level set units = units - 1;
     insert into movement (level_id, kind, change, units_after) select id, 'adjustment', -1, units from stock_level`,
    "no unit moves on a level after its item was deleted",
  ],
  [
    `${openAlert}; update product set deleted_at = now()`,
    "no alert is open on a level that nobody",
  ],
  [`${openAlert}; update stock_level set hidden = true`, "no alert is open on a level that nobody"],
];

/** Runs on a database with one product, one confirmed order and, where one is given, a fraud. */
async function auditAfter(fraud: string | undefined): Promise<readonly string[]> {
  const database = await createTestDatabase();
  const pool = createPool(database.url, {
    max: 2,
    synchronousCommit: "on",
    onError: () => undefined,
  });
  try {
    await createProduct(pool, "MUG");
    await decideBatch(decidingOn(pool), [await placeOrder(pool, [["MUG", 3]])]);
    if (fraud !== undefined) await pool.query(fraud);
    const findings = await audit(database.url);
    return findings.flatMap(({ faults, invariant }) => (faults > 0 ? [invariant] : []));
  } finally {
    await pool.end();
    await database.drop();
  }
}

describe("the audit", () => {
  it("finds nothing wrong with books that balance", async () => {
    expect(await auditAfter(undefined)).toEqual([]);
  });

  it.each(frauds)("notices %j", async (fraud, invariant) => {
    expect((await auditAfter(fraud)).join("; ")).toContain(invariant);
  });
});
