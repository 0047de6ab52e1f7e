// Pre-orders that are served while others sell, cancel and receive: nobody deadlocks, overtakes or gets a unit twice.

import type { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adjustUnits } from "../../../src/db/stock/adjust-units.ts";
import { changeUnits } from "../../../src/db/stock/change-units.ts";
import { levelColumns, type LockedLevel } from "../../../src/db/stock/locked-level.ts";
import { cancelOrRefund } from "../../../src/db/orders/cancel-or-refund.ts";
import { serveHolder } from "../../../src/db/orders/serve-holder.ts";
import { createPool } from "../../../src/db/sql/pool.ts";
import { retryTransaction } from "../../../src/db/sql/retry-transaction.ts";
import { inTransaction } from "../../../src/db/sql/transaction.ts";
import { findUnserved } from "../../../src/db/sweep/find-unserved.ts";
import { decideBatch } from "../../../src/workers/decide-batch.ts";
import { expectBalancedBooks } from "../../support/audit.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import {
  createProduct,
  createVariant,
  decidingOn,
  placeOrder,
  unitsOf,
} from "../../support/stock.ts";

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { max: 10, synchronousCommit: "on", onError: () => undefined });
});
afterAll(async () => {
  await expectBalancedBooks(database.url);
  expect(await unserved()).toEqual([]);
  await pool.end();
  await database.drop();
});

/** Items whose holder has units for lines that wait. */
const unserved = async () =>
  (await findUnserved(pool, { after: 0, limit: 1_000 })).filter(
    ({ holderId }) => holderId !== null,
  );

const receive = (sku: string, delta: number) =>
  adjustUnits(
    pool,
    { sku, request: { delta }, kind: "receipt", actor: "key:test", note: null },
    undefined,
  );

/** Receives units of several products in one transaction, as a delivery does. */
const receiveTogether = (skus: readonly string[], change: number) =>
  retryTransaction(() =>
    inTransaction(pool, async (transaction) => {
      const levels = await transaction.sql<LockedLevel>(
        `select ${levelColumns} from stock_level l where l.sku = any ($1::text[]) order by l.id for update`,
        [skus],
      );
      const changes = levels.map((level) => ({ level, change }));
      const cause = { kind: "receipt", actor: "key:test", reason: null, note: null } as const;
      await changeUnits(transaction, changes, cause);
    }),
  );

const cancelling = {
  to: "cancelled",
  lines: null,
  restock: false,
  reason: "return",
  actor: "key:test",
  note: null,
} as const;
const cancel = (id: string) => cancelOrRefund(pool, { id, ...cancelling }, undefined);

async function decide(ids: readonly string[]): Promise<void> {
  const results = await decideBatch(decidingOn(pool), ids);
  expect(results.filter(({ status }) => status === "rejected")).toEqual([]);
}

async function readLines(ids: readonly string[]) {
  const { rows } = await pool.query<{
    id: string;
    sku: string;
    allocated: number;
    waiting: number;
    accounted: boolean;
  }>(
    `select i.order_id as id, s.sku, i.allocated, i.pre_ordered as waiting,
       i.allocated + i.pre_ordered + i.released = i.quantity as accounted
     from order_line i join stock_level s on s.id = i.item_id
     where i.order_id = any ($1::uuid[]) order by i.order_id, i.line`,
    [ids],
  );
  return rows;
}

const eventsOf = async (type: string, ids: readonly string[]) =>
  (
    await pool.query<{ id: string }>(
      "select order_id as id from event where type = $1 and order_id = any ($2::uuid[]) order by order_id",
      [type, ids],
    )
  ).rows.map(({ id }) => id);

describe("serving", () => {
  it("of more orders than one portion keeps their order, and each has its events once", async () => {
    await createProduct(pool, "MANY", { units: 0, allowPreOrder: true });
    const ids: string[] = [];
    for (let index = 0; index < 30; index += 1) ids.push(await placeOrder(pool, [["MANY", 1]]));
    await decide(ids);
    // The same lines for orders that this test does not place one by one.
    await pool.query(
      `insert into "order" (id, reference, fingerprint, requested, accepted_by, status, decided_at)
         select overlay(o.id::text placing lpad(to_hex(n), 8, '0') from 29)::uuid, 'MANY ' || o.reference || n, o.fingerprint,
           o.requested, o.accepted_by, o.status, o.decided_at
         from "order" o, generate_series(1, 400) n where o.id = any ($1::uuid[])`,
      [ids],
    );
    await pool.query(
      `with copied as (
         select o.id, i.item_id, i.holder_id from "order" o, order_line i
         where o.reference like 'MANY %' and i.order_id = $1),
       line as (
         insert into order_line (order_id, line, item_id, holder_id, quantity, allocated, pre_ordered)
         select id, 0, item_id, holder_id, 1, 0, 1 from copied)
       insert into event (type, order_id) select 'order.confirmed', id from copied`,
      [ids[0]],
    );
    const { rows } = await pool.query<{ id: string }>(
      `select id from "order" where requested::text = (select requested::text from "order" where id = $1) order by id`,
      [ids[0]],
    );
    const all = rows.map(({ id }) => id);
    expect(all).toHaveLength(12_030);
    await receive("MANY", 11_000);
    const ready = await eventsOf("order.ready", all);
    expect(ready).toEqual(all.slice(0, 11_000));
    expect(await eventsOf("order.allocated", all)).toEqual(ready);
    expect(await unitsOf(pool, "MANY")).toBe(0);
    await receive("MANY", 2_000);
    expect(await unitsOf(pool, "MANY")).toBe(970);
  });

  it("is done once if several receipts, sales and a sweep want the same level", async () => {
    await createProduct(pool, "TWICE", { units: 0, allowPreOrder: true });
    const ids: string[] = [];
    for (let index = 0; index < 40; index += 1) ids.push(await placeOrder(pool, [["TWICE", 2]]));
    await decide(ids.slice(0, 30));
    const { rows } = await pool.query<{ id: number }>(
      "select id from stock_level where sku = 'TWICE'",
    );
    const holder = rows[0]?.id ?? 0;
    await Promise.all([
      ...Array.from({ length: 10 }, () => receive("TWICE", 5)),
      ...ids.slice(30).map((id) => decide([id])),
      ...Array.from({ length: 4 }, () => serveHolder(pool, holder)),
    ]);
    const lines = await readLines(ids);
    expect(lines.reduce((sum, { allocated }) => sum + allocated, 0)).toBe(50);
    // The first thirty wait from the start, so nobody overtakes them.
    expect(lines.slice(0, 25).every(({ waiting }) => waiting === 0)).toBe(true);
    expect(lines.slice(25).every(({ allocated }) => allocated === 0)).toBe(true);
  });

  it("holds up no order of another product, no new order and no cancellation of an order that does not wait", async () => {
    await createProduct(pool, "HELD", { units: 0, allowPreOrder: true });
    await createProduct(pool, "FREE", { units: 5 });
    const [waiting, sold, pending] = [
      await placeOrder(pool, [["HELD", 1]]),
      await placeOrder(pool, [["FREE", 1]]),
      await placeOrder(pool, [["FREE", 2]]),
    ];
    await decide([waiting, sold]);
    await inTransaction(pool, async (transaction) => {
      const [level] = await transaction.sql<LockedLevel>(
        `select ${levelColumns} from stock_level l where l.sku = 'HELD' for update`,
      );
      if (level === undefined) throw new Error("The product has no level.");
      const cause = { kind: "receipt", actor: "key:test", reason: null, note: null } as const;
      await changeUnits(transaction, [{ level, change: 3 }], cause);
      // The receipt is written and not committed. Who waited for it would wait for ever.
      await decide([pending]);
      await cancel(sold);
      await placeOrder(pool, [["HELD", 1]]);
      await receive("FREE", 1);
    });
    expect(await unitsOf(pool, "FREE")).toBe(3);
    expect(await unitsOf(pool, "HELD")).toBe(2);
  });

  it("two items of one order at the same time makes it ready exactly once", async () => {
    await createProduct(pool, "LEFT", { units: 0, allowPreOrder: true });
    await createProduct(pool, "RIGHT", { units: 0, allowPreOrder: true });
    const ids: string[] = [];
    for (let index = 0; index < 60; index += 1) {
      const lines = [
        ["LEFT", 1],
        ["RIGHT", 1],
      ] as const;
      ids.push(await placeOrder(pool, index % 2 === 0 ? lines : lines.toReversed()));
    }
    await decide(ids);
    await Promise.all([
      ...Array.from({ length: 12 }, () => receive("LEFT", 5)),
      ...Array.from({ length: 12 }, () => receive("RIGHT", 5)),
    ]);
    expect(await eventsOf("order.ready", ids)).toEqual(ids);
  });

  it("units that variants share goes by the age of the orders, not by the variant", async () => {
    await createProduct(pool, "SHARED", { units: 0, allowPreOrder: true });
    await createVariant(pool, "SHARED", "SHARED-A", null);
    await createVariant(pool, "SHARED", "SHARED-B", null);
    const ids: string[] = [];
    for (let index = 0; index < 20; index += 1) {
      ids.push(await placeOrder(pool, [[index % 3 === 0 ? "SHARED-A" : "SHARED-B", 1]]));
    }
    await decide(ids);
    await receive("SHARED-B", 13);
    expect((await readLines(ids)).map(({ allocated }) => allocated)).toEqual([
      ...Array.from({ length: 13 }, () => 1),
      ...Array.from({ length: 7 }, () => 0),
    ]);
  });
});

describe("receipts, deliveries, sales and cancellations at once, on several products", () => {
  it("all end; nobody overtakes those who waited, and every unit is accounted for", async () => {
    const skus = ["RACE-A", "RACE-B", "RACE-C"];
    for (const sku of skus)
      await createProduct(pool, sku, { units: 0, allowPreOrder: true, threshold: 3 });
    const order = (index: number) => {
      const wanted = skus.filter((_sku, place) => (((index % 7) + 1) >> place) % 2 === 1);
      const lines = wanted.map((sku, place) => [sku, 1 + ((index + place) % 3)] as const);
      return placeOrder(pool, index % 2 === 0 ? lines : lines.toReversed());
    };
    const early: string[] = [];
    for (let index = 0; index < 120; index += 1) early.push(await order(index));
    await decide(early);
    const late: string[] = [];
    for (let index = 0; index < 60; index += 1) late.push(await order(index));
    const cancelled = early.filter((_id, index) => index % 5 === 2);

    await Promise.all([
      ...skus.flatMap((sku) =>
        Array.from({ length: 8 }, (_none, index) => receive(sku, 3 + index)),
      ),
      ...Array.from({ length: 8 }, () => receiveTogether(skus, 4)),
      ...Array.from({ length: 12 }, (_none, index) => decide(late.slice(index * 5, index * 5 + 5))),
      ...cancelled.map((id) => cancel(id)),
    ]);

    const lines = await readLines([...early, ...late]);
    expect(lines.filter(({ accounted }) => !accounted)).toEqual([]);
    for (const sku of skus) {
      const ofItem = lines.filter((line) => line.sku === sku);
      const came = ofItem.reduce((sum, { allocated }) => sum + allocated, 0);
      expect((await unitsOf(pool, sku)) ?? 0).toBe(84 - came);
      const firstWaiting = ofItem.find(({ id, waiting }) => waiting > 0 && early.includes(id));
      const overtook = ofItem.filter(
        ({ id, allocated }) => firstWaiting !== undefined && id > firstWaiting.id && allocated > 0,
      );
      expect(overtook).toEqual([]);
    }
    const waiting = new Set(lines.filter((line) => line.waiting > 0).map(({ id }) => id));
    const allocated = new Set(await eventsOf("order.allocated", [...early, ...late]));
    const ready = await eventsOf("order.ready", [...early, ...late]);
    expect(new Set(ready).size).toBe(ready.length);
    expect(ready.filter((id) => waiting.has(id))).toEqual([]);
    const endedEarly = new Set(cancelled);
    const unready = [...allocated].filter(
      (id) => !waiting.has(id) && !endedEarly.has(id) && !ready.includes(id),
    );
    expect(unready).toEqual([]);
  });
});
