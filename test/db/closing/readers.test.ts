// What readers and commands find after all old months of a store were closed.

import type { Pool } from "pg";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readClosedLedger } from "../../../src/db/closing/read-closed-ledger.ts";
import { cancelOrRefund } from "../../../src/db/orders/cancel-or-refund.ts";
import { findOrdersOfSku } from "../../../src/db/orders/find-orders-of-sku.ts";
import { readStockHistory, readUnitsBefore } from "../../../src/db/reports/read-stock-history.ts";
import { createPool } from "../../../src/db/sql/pool.ts";
import { expectBalancedBooks } from "../../support/audit.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { statusOf, unitsOf } from "../../support/stock.ts";
import { closeWhole } from "./support/close-whole.ts";
import { createOldStore, monthsOf } from "./support/old-store.ts";

let database: TestDatabase;
let pool: Pool;

beforeEach(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { max: 2, synchronousCommit: "off", onError: () => undefined });
  await createOldStore(pool, 31);
});
afterEach(async () => {
  await pool?.end();
  await database?.drop();
});

async function closeAll(): Promise<void> {
  for (const name of (await monthsOf(pool)).slice(0, -1)) await closeWhole(pool, name);
}

const idOf = async (sku: string): Promise<number> => {
  const { rows } = await pool.query<{ id: number }>("select id from stock_level where sku = $1", [
    sku,
  ]);
  return rows[0]?.id ?? 0;
};

/** The same orders, also where their times say that a page begins after the last sale. */
const ordersOf = async (sku: string) =>
  (await findOrdersOfSku(pool, { sku, limit: 1_000 })).ids.toSorted();

it("the orders of an item are those that were found by its sales", async () => {
  const before = await ordersOf("MUG");
  expect(before.length).toBeGreaterThan(30);
  await closeAll();
  expect(await ordersOf("MUG")).toEqual(before);
});

it("charts of the last year are as they were, with the count at their beginning", async () => {
  const levelId = await idOf("LAMP");
  const since = new Date(Date.now() - 366 * 86_400_000);
  const history = () => readStockHistory(pool, { levelId, since, days: 366, pointsMax: 500 });
  const before = [await history(), await readUnitsBefore(pool, levelId, since)];
  expect(before[1]).not.toBeNull();
  await closeAll();
  expect([await history(), await readUnitsBefore(pool, levelId, since)]).toEqual(before);
});

it("a ledger says how many sales are gone, before when, and the count then", async () => {
  const levelId = await idOf("MUG");
  expect(await readClosedLedger(pool, levelId)).toBeNull();
  const months = (await monthsOf(pool)).slice(0, -1);
  const { rows } = await pool.query<{ units: number; count: number }>(
    `select count(*)::integer as count, (array_agg(units_after order by id desc))[1] as units from movement
     where level_id = $1 and at < now() - interval '400 days'`,
    [levelId],
  );
  await closeAll();
  const stayed = await pool.query<{ count: number }>(
    "select count(*)::integer as count from movement where level_id = $1 and at < now() - interval '400 days'",
    [levelId],
  );
  const last = months.at(-1) ?? "";
  const [year = 0, month = 0] = last.split("-").map(Number);
  expect(await readClosedLedger(pool, levelId)).toEqual({
    before: new Date(Date.UTC(year, month)),
    units: rows[0]?.units,
    sales: (rows[0]?.count ?? 0) - (stayed.rows[0]?.count ?? 0),
  });
});

it("an order whose sales are gone can be cancelled and restocked", async () => {
  await closeAll();
  const { rows } = await pool.query<{ id: string; units: number }>(
    `select o.id, sum(i.allocated)::integer as units from "order" o join order_line i on i.order_id = o.id
     where o.status = 'confirmed' and o.reference like 'first-%'
       and not exists (select from movement m where m.order_id = o.id)
     group by o.id having count(*) = 1 limit 1`,
  );
  const [order] = rows;
  if (order === undefined) throw new Error("Expected an order without sales; there is none.");
  const sum = async () =>
    (
      await Promise.all(["MUG", "LAMP", "SHIRT", "BOOK"].map((sku) => unitsOf(pool, sku)))
    ).reduce<number>((total, units) => total + (units ?? 0), 0);
  const before = await sum();
  const by = { actor: "key:test", note: null, reason: "return" } as const;
  await cancelOrRefund(
    pool,
    { id: order.id, to: "cancelled", lines: null, restock: true, ...by },
    undefined,
  );
  expect(await statusOf(pool, order.id)).toBe("cancelled");
  // Orders that wait for promised units get what comes back, so it may be less.
  expect(await sum()).toBeLessThanOrEqual(before + order.units);
  const back = await pool.query<{ units: number }>(
    "select sum(change)::integer as units from movement where kind = 'restock' and order_id = $1",
    [order.id],
  );
  expect(back.rows[0]?.units).toBe(order.units);
  await expectBalancedBooks(database.url);
});
