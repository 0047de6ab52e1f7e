// The orders of an item that sold much are searched for among the latest orders, so many at a time. Read to the
// end, its pages hold the same as if its whole ledger had been read.

import type { Pool } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findOrdersOfSku, type OrdersOfSku } from "../../../src/db/orders/find-orders-of-sku.ts";
import { createPool } from "../../../src/db/sql/pool.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { growStore } from "../support/grown-store.ts";

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { max: 1, synchronousCommit: "off", onError: () => {} });
  await growStore(pool);
  // Of the orders of the product that sold much, one in seven was of another one in truth.
  await pool.query(
    `update order_line i set item_id = 2 from "order" o
     where o.id = i.order_id and substr(o.reference, 3)::integer % 7 = 0`,
  );
  await pool.query("update \"order\" set status = 'cancelled' where reference like '%77'");
});

afterAll(async () => {
  await pool?.end();
  await database?.drop();
});

const byLedger = { sales: 1_000_000, orders: 0 };
const atMost = (orders: number) => ({ sales: 10, orders });

async function readToTheEnd(selection: OrdersOfSku, limits: typeof byLedger): Promise<string[][]> {
  const pages: string[][] = [];
  let before: string | undefined;
  for (;;) {
    const { ids, searchedTo } = await findOrdersOfSku(pool, { ...selection, before }, limits);
    pages.push([...ids]);
    before = ids.length === selection.limit ? ids.at(-1) : (searchedTo ?? undefined);
    if (before === undefined) return pages;
  }
}

test("page by page nothing is left out, and nothing comes twice", async () => {
  const all = await findOrdersOfSku(pool, { sku: "P-1", limit: 50_000 }, byLedger);
  expect(all.ids.length).toBeGreaterThan(30_000);
  const pages = await readToTheEnd({ sku: "P-1", limit: 1_000 }, atMost(700));
  expect(pages.flat()).toEqual(all.ids);
});

test("a status narrows the search to its orders", async () => {
  const selection = { sku: "P-1", status: "cancelled", limit: 500 } as const;
  const all = await findOrdersOfSku(pool, selection, byLedger);
  expect(all.ids.length).toBeGreaterThan(300);
  expect((await readToTheEnd(selection, atMost(100))).flat()).toEqual(all.ids);
});

test("a page that holds less than it may says how far the search came", async () => {
  const first = await findOrdersOfSku(pool, { sku: "P-1", limit: 50 }, atMost(21));
  expect(first.ids).toHaveLength(18);
  expect(first.searchedTo).not.toBeNull();
});

test("an item that sold nothing lately is searched for from its last sale on", async () => {
  await pool.query(
    `insert into "order" (id, reference, fingerprint, status, requested, accepted_by)
     select (replace('ffffffff-ffff-7000-8000-' || lpad(n::text, 12, '0'), '-', ''))::uuid, 'LATE-' || n,
       '\\x00', 'pending', '[[3,1]]', 'key' from generate_series(1, 100) n`,
  );
  const { ids } = await findOrdersOfSku(pool, { sku: "P-1", limit: 5 }, atMost(50));
  expect(ids).toHaveLength(5);
});
