// A month's file of many levels is compared with the ledger without reading the whole month for each portion.

import type { Pool } from "pg";
import { afterEach, beforeEach, expect, it } from "vitest";
import { checkLedger } from "../../../src/db/closing/check-ledger.ts";
import { createPool } from "../../../src/db/sql/pool.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { countRows } from "../support/count-rows.ts";
import { fileOf, inParts, openMonth } from "./support/close-whole.ts";
import { giveUpFeed } from "./support/old-store.ts";

let database: TestDatabase;
let pool: Pool;

beforeEach(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { max: 1, synchronousCommit: "off", onError: () => undefined });
});
afterEach(async () => {
  await pool?.end();
  await database?.drop();
});

/** How many portions the balances have, and how many movements each level. */
const [portions, each] = [4, 5];
const levels = portions * 2_000;

it("each portion of balances reads the movements of its own levels", async () => {
  await pool.query(
    `insert into product (sku, name, type_code, enabled, track_inventory, stock_alert_threshold,
       hide_if_out_of_stock, allow_pre_order, allow_negative_stock, out_of_stock_threshold)
     select 'P-' || n, 'Product ' || n, 'goods', true, true, 5, false, false, false, 0
     from generate_series(1, ${levels}) n`,
  );
  await pool.query(
    `insert into movement (level_id, kind, change, units_after, actor, at)
     select l.id, 'receipt', 1, n, 'key', '2024-03-05' from generate_series(1, ${each}) n, stock_level l order by n, l.id`,
  );
  await giveUpFeed(pool);
  await pool.query("vacuum analyze movement");
  const found = await openMonth(pool, "2024-03");
  expect(found).toMatchObject({ levels, movements: levels * each });
  const file = await fileOf(pool, found);
  const rows = await countRows(pool, () => checkLedger(pool, found, inParts(file)));
  // Each movement is read once for its balance and once for itself, and the first and the last one of a level once more.
  expect(rows).toBeLessThan(2 * (2 * each + 2) * levels);
});
