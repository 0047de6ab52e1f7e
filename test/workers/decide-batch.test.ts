import type { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AlertToCheck } from "../../src/db/alerts/record-transition.ts";
import { createPool } from "../../src/db/sql/pool.ts";
import { decideBatch } from "../../src/workers/decide-batch.ts";
import { expectBalancedBooks } from "../support/audit.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { createProduct, decidingOn, placeOrder, statusOf, unitsOf } from "../support/stock.ts";

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { max: 8, synchronousCommit: "on", onError: () => undefined });
});
afterAll(async () => {
  await expectBalancedBooks(database.url);
  await pool.end();
  await database.drop();
});

describe("deciding a batch", () => {
  it("two orders for the last unit: the first accepted is confirmed, the other is told", async () => {
    await createProduct(pool, "LAST", { units: 1 });
    const first = await placeOrder(pool, [["LAST", 1]], "first");
    const second = await placeOrder(pool, [["LAST", 1]], "second");
    const results = await decideBatch(decidingOn(pool), [second, first]);
    expect(results).toEqual([
      {
        status: "fulfilled",
        value: {
          outcome: "rejected",
          reference: "second",
          because: "LAST: out-of-stock, wanted 1, available 0",
        },
      },
      {
        status: "fulfilled",
        value: { outcome: "confirmed" },
      },
    ]);
    expect(await unitsOf(pool, "LAST")).toBe(0);
  });

  it("an order decided twice, and at the same time, takes its stock once", async () => {
    await createProduct(pool, "TWICE");
    const id = await placeOrder(pool, [["TWICE", 3]]);
    await Promise.all(Array.from({ length: 6 }, () => decideBatch(decidingOn(pool), [id])));
    const [again] = await decideBatch(decidingOn(pool), [id]);
    expect(again).toMatchObject({ value: { outcome: "already-ended" } });
    expect(await statusOf(pool, id)).toBe("confirmed");
    expect(await unitsOf(pool, "TWICE")).toBe(97);
  });

  it("batches that overlap in opposite order neither deadlock nor oversell", async () => {
    const skus = ["OVER-A", "OVER-B", "OVER-C"];
    for (const sku of skus) await createProduct(pool, sku, { units: 60 });
    const orders: string[] = [];
    for (let index = 0; index < 90; index += 1) {
      const lines = skus.map((sku): [string, number] => [sku, 1]);
      orders.push(await placeOrder(pool, index % 2 === 0 ? lines : lines.toReversed()));
    }
    const batches = Array.from({ length: 9 }, (_, index) =>
      orders.slice(index * 10, index * 10 + 10),
    );
    const results = await Promise.all(
      batches.map((batch, index) =>
        decideBatch(decidingOn(pool), index % 2 === 0 ? batch : batch.toReversed()),
      ),
    );
    const outcomes = results
      .flat()
      .map((result) => (result.status === "fulfilled" ? result.value.outcome : "failed"));
    expect(outcomes.filter((outcome) => outcome === "confirmed")).toHaveLength(60);
    expect(outcomes.filter((outcome) => outcome === "rejected")).toHaveLength(30);
    for (const sku of skus) expect(await unitsOf(pool, sku)).toBe(0);
  });

  it("batches of one process are served in the order in which they began", async () => {
    await createProduct(pool, "QUEUE", { units: 5 });
    const deciding = decidingOn(pool);
    const orders: string[] = [];
    for (let count = 0; count < 20; count += 1) orders.push(await placeOrder(pool, [["QUEUE", 1]]));
    await Promise.all(orders.map((id) => decideBatch(deciding, [id])));
    const statuses = await Promise.all(orders.map((id) => statusOf(pool, id)));
    expect(statuses).toEqual([...Array(5).fill("confirmed"), ...Array(15).fill("rejected")]);
  });

  it("an order that can't be decided fails alone; its neighbours are decided", async () => {
    await createProduct(pool, "NEIGHBOUR");
    const good = await placeOrder(pool, [["NEIGHBOUR", 1]]);
    const bad = await placeOrder(pool, [["NEIGHBOUR", 1]], "bad");
    const alsoGood = await placeOrder(pool, [["NEIGHBOUR", 1]]);
    await pool.query(`update "order" set requested = '[[999999, 1]]' where id = $1`, [bad]);
    const results = await decideBatch(decidingOn(pool), [good, bad, alsoGood]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(results[1]).toMatchObject({ reason: { message: expect.stringContaining("999999") } });
    expect(await statusOf(pool, bad)).toBe("pending");
    expect(await unitsOf(pool, "NEIGHBOUR")).toBe(98);
  });

  it.each(["{}", "[1]", "[[1]]", "[[1, 0]]", '[["x", 1]]', "[[1, 1.5]]"])(
    "an order that is stored with lines of another shape (%s) is not decided",
    async (requested) => {
      const sku = `SHAPE ${requested}`;
      await createProduct(pool, sku);
      const id = await placeOrder(pool, [[sku, 1]]);
      await pool.query('update "order" set requested = $2 where id = $1', [id, requested]);
      const [result] = await decideBatch(decidingOn(pool), [id]);
      expect(result).toMatchObject({ reason: { name: "UndecidableOrderError" } });
      expect(await statusOf(pool, id)).toBe("pending");
    },
  );

  it("an id that no order has is named, and the others are decided", async () => {
    await createProduct(pool, "STRANGER");
    const id = await placeOrder(pool, [["STRANGER", 1]]);
    const unknown = "01900000-0000-7000-8000-000000000000";
    const [first, second] = await decideBatch(decidingOn(pool), [unknown, id]);
    expect(first).toMatchObject({ value: { outcome: "unknown-order" } });
    expect(second).toMatchObject({ value: { outcome: "confirmed" } });
  });

  it("one crossing opens one alert, which is news once, however many orders follow", async () => {
    await createProduct(pool, "CROSSING", { units: 12, threshold: 10 });
    const told: AlertToCheck[] = [];
    for (let index = 0; index < 14; index += 1) {
      const id = await placeOrder(pool, [["CROSSING", 1]]);
      await decideBatch(
        decidingOn(pool, (alerts) => told.push(...alerts)),
        [id],
      );
    }
    expect(told.map(({ sku, notice }) => [sku, notice])).toEqual([["CROSSING", "out"]]);
    expect(await unitsOf(pool, "CROSSING")).toBe(10);
  });

  it("an order's rows say what it got, and its event is written with it", async () => {
    await createProduct(pool, "PRE", { units: 2, allowPreOrder: true });
    await createProduct(pool, "FREE", { tracked: false, units: 0 });
    const id = await placeOrder(pool, [
      ["PRE", 5],
      ["FREE", 7],
    ]);
    await decideBatch(decidingOn(pool), [id]);
    const { rows: lines } = await pool.query(
      "select quantity, allocated, pre_ordered, holder_id is null as untracked from order_line where order_id = $1 order by line",
      [id],
    );
    expect(lines).toEqual([
      { quantity: 5, allocated: 2, pre_ordered: 3, untracked: false },
      { quantity: 7, allocated: 0, pre_ordered: 0, untracked: true },
    ]);
    const { rows: events } = await pool.query(
      "select type from event where order_id = $1 order by id",
      [id],
    );
    expect(events.map(({ type }) => String(type))).toContain("order.confirmed");
  });

  it("a policy that changes while the lock is awaited is obeyed", async () => {
    await createProduct(pool, "POLICY", { units: 1, allowNegativeStock: true });
    const id = await placeOrder(pool, [["POLICY", 5]]);
    const client = await pool.connect();
    await client.query("begin");
    await client.query("select from stock_level where sku = 'POLICY' for update");
    const deciding = decideBatch(decidingOn(pool), [id]);
    await client.query("update product set allow_negative_stock = false where sku = 'POLICY'");
    await client.query("commit");
    client.release();
    await deciding;
    expect(await statusOf(pool, id)).toBe("rejected");
    expect(await unitsOf(pool, "POLICY")).toBe(1);
  });
});
