// Many counts beside orders and beside each other: no deadlock, no lost unit, pre-orders first, and a failure in the
// middle that a retry goes on from.

import type { Pool } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { adjustInBulk, type BulkAdjusted } from "../../../src/db/stock/adjust-in-bulk.ts";
import type { UnitsAdjustment } from "../../../src/db/stock/adjust-units.ts";
import { createPool } from "../../../src/db/sql/pool.ts";
import { createGroupPace } from "../../../src/flow/group-pace.ts";
import { decideBatch } from "../../../src/workers/decide-batch.ts";
import { expectBalancedBooks } from "../../support/audit.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { createProduct, decidingOn, placeOrder, unitsOf } from "../../support/stock.ts";

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { max: 10, synchronousCommit: "on", onError: () => undefined });
});
afterAll(async () => {
  await expectBalancedBooks(database.url);
  await pool.end();
  await database.drop();
});

const smallGroups = () =>
  createGroupPace({ weightMin: 7, weightMax: 7, weightFirst: 7, heldMs: 1_000 });

const add = (sku: string, delta: number): UnitsAdjustment => ({
  sku,
  request: { delta },
  kind: "adjustment",
  actor: "key:test",
  note: null,
});

type More = { readonly atomic?: boolean; readonly key?: string; readonly over?: Pool };

const adjust = (
  adjustments: readonly UnitsAdjustment[],
  { atomic = false, key, over = pool }: More = {},
) =>
  adjustInBulk(over, {
    adjustments,
    atomic,
    actor: "key:test",
    claim: key === undefined ? undefined : { claimant: "key:test", key, fingerprint: "ab" },
    pace: smallGroups(),
    onAlerts: () => undefined,
  });

const adjustedIn = (outcomes: readonly BulkAdjusted[] | "key-reused") => {
  if (outcomes === "key-reused") throw new Error("Expected outcomes; the key was used before.");
  return outcomes.map((one) => {
    if ("refusal" in one) throw new Error(`Expected no refusal; got ${one.refusal.kind}.`);
    return one;
  });
};

it("in opposite orders and beside orders for the same items: nothing deadlocks and no unit is lost", async () => {
  const skus = Array.from({ length: 20 }, (_, at) => `RACE-${at}`);
  for (const sku of skus) await createProduct(pool, sku, { units: 100 });
  const orders: string[] = [];
  for (const sku of skus) {
    orders.push(
      await placeOrder(pool, [
        [sku, 2],
        [skus.at(-1) ?? sku, 1],
      ]),
    );
  }
  const up = skus.map((sku) => add(sku, 3));
  const down = skus.toReversed().map((sku) => add(sku, -1));
  const deciding = decidingOn(pool);
  const [, , ...counted] = await Promise.all([
    decideBatch(deciding, orders.slice(0, 10)),
    decideBatch(deciding, orders.slice(10)),
    ...[true, false].flatMap((atomic) => [adjust(up, { atomic }), adjust(down, { atomic })]),
  ]);
  for (const outcomes of counted) expect(adjustedIn(outcomes)).toHaveLength(20);
  for (const sku of skus.slice(0, -1)) expect(await unitsOf(pool, sku)).toBe(100 + 2 * 3 - 2 - 2);
});

it("serves waiting pre-orders after each adjustment, so the next one sees what they left", async () => {
  await createProduct(pool, "WAITED", { units: 0, allowPreOrder: true });
  const order = await placeOrder(pool, [["WAITED", 6]]);
  await decideBatch(decidingOn(pool), [order]);
  const all = [add("WAITED", 4), add("WAITED", 5), add("WAITED", 1)];
  const outcomes = adjustedIn(await adjust(all, { atomic: true }));
  expect(outcomes.map((one) => [one.unitsBefore, one.unitsAfter, one.unitsInStock])).toEqual([
    [0, 4, 0],
    [0, 5, 3],
    [3, 4, 4],
  ]);
  expect(await unitsOf(pool, "WAITED")).toBe(4);
});

it("goes on after a failure in the middle, if the request is sent again with its key", async () => {
  const skus = Array.from({ length: 20 }, (_, at) => `HALF-${at}`);
  for (const sku of skus) await createProduct(pool, sku, { units: 0 });
  const all = skus.map((sku) => add(sku, 1));
  // The third group fails: its item can't be written.
  await pool.query(`create function fail_half() returns trigger language plpgsql as $$
    begin raise exception 'the test fails this group'; end $$`);
  await pool.query(`create trigger fail_half before update on stock_level for each row
    when (new.sku = 'HALF-15') execute function fail_half()`);
  await expect(adjust(all, { key: "half" })).rejects.toThrow("the test fails this group");
  await pool.query("drop function fail_half cascade");
  expect([await unitsOf(pool, "HALF-13"), await unitsOf(pool, "HALF-14")]).toEqual([1, 0]);
  const outcomes = adjustedIn(await adjust(all, { key: "half" }));
  expect(outcomes.map(({ sku, unitsAfter }) => [sku, unitsAfter])).toEqual(
    skus.map((sku) => [sku, 1]),
  );
  for (const sku of skus) expect(await unitsOf(pool, sku)).toBe(1);
});
