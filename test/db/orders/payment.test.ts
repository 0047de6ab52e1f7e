import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { cancelOrRefund } from "../../../src/db/orders/cancel-or-refund.ts";
import { expireOrders } from "../../../src/db/orders/expire-orders.ts";
import { payOrder } from "../../../src/db/orders/pay-order.ts";
import { readOrder } from "../../../src/db/orders/read-orders.ts";
import { restockOrder } from "../../../src/db/orders/restock-order.ts";
import { Refused } from "../../../src/db/refused.ts";
import { createPool } from "../../../src/db/sql/pool.ts";
import { decideBatch } from "../../../src/workers/decide-batch.ts";
import { expectBalancedBooks } from "../../support/audit.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import {
  createProduct,
  createVariant,
  decidingOn,
  placeOrder,
  statusOf,
  unitsOf,
} from "../../support/stock.ts";

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { max: 16, synchronousCommit: "on", onError: () => undefined });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});
afterEach(async () => {
  await expectBalancedBooks(database.url);
});

const inAnHour = () => new Date(Date.now() + 3_600_000);

/** Stores an order that is to be paid within the hour, and decides it. */
async function confirmed(lines: readonly (readonly [string, number])[]): Promise<string> {
  const id = await placeOrder(pool, lines, randomUUID(), inAnHour());
  await decideBatch(decidingOn(pool), [id]);
  return id;
}

/** Sets the time for payment of orders back, as if it were over. */
async function letPass(...ids: readonly string[]): Promise<void> {
  await pool.query(
    `update "order" set pay_by = clock_timestamp() - interval '1 day' where id = any ($1)`,
    [ids],
  );
}

const byAnn = { actor: "user:ann", note: null, reason: "return" } as const;
const whole = { lines: null, restock: false, ...byAnn };
const payment = { retake: false, awaited: false, actor: "key:shop", note: null };
const pay = (id: string, retake = false) =>
  payOrder(pool, { ...payment, id, retake, jobId: randomUUID() });
const cancel = (id: string) => cancelOrRefund(pool, { id, to: "cancelled", ...whole }, undefined);
const payFirst = (takeStock: "placed" | "paid") =>
  pool.query("update store set take_stock = $1", [takeStock]);

async function logOf(id: string): Promise<readonly string[] | undefined> {
  return (await readOrder(pool, id))?.statusLog.map(({ status }) => status);
}

async function movementsOf(id: string): Promise<readonly string[]> {
  const { rows } = await pool.query<{ text: string }>(
    "select kind || ' ' || change as text from movement where order_id = $1 order by id",
    [id],
  );
  return rows.map(({ text }) => text);
}

describe("an order that is not paid in time", () => {
  test("expires, and what it had taken is back", async () => {
    await createProduct(pool, "MUG", { units: 10 });
    const id = await confirmed([
      ["MUG", 3],
      ["MUG", 1],
    ]);
    expect(await unitsOf(pool, "MUG")).toBe(6);
    await letPass(id);
    expect((await expireOrders(pool, [id])).ids).toEqual(new Set([id]));
    expect(await unitsOf(pool, "MUG")).toBe(10);
    expect(await movementsOf(id)).toEqual(["sale -4", "release 4"]);
    expect(await logOf(id)).toEqual(["pending", "confirmed", "expired"]);
    expect((await expireOrders(pool, [id])).ids.size).toBe(0);
    expect(await unitsOf(pool, "MUG")).toBe(10);
  });

  test("keeps no promise, and gives back to the living item only", async () => {
    await createProduct(pool, "PRE", { units: 2, allowPreOrder: true });
    await createProduct(pool, "GONE", { units: 5 });
    await createProduct(pool, "SHIRT", { units: 8 });
    await createVariant(pool, "SHIRT", "SHIRT-S", null);
    const id = await confirmed([
      ["PRE", 5],
      ["GONE", 2],
      ["SHIRT-S", 3],
    ]);
    await pool.query("update product set deleted_at = now() where sku = 'GONE'");
    await pool.query("update variant set own_stock = true where sku = 'SHIRT-S'");
    await letPass(id);
    await expireOrders(pool, [id]);
    expect(await unitsOf(pool, "PRE")).toBe(2);
    expect(await unitsOf(pool, "SHIRT")).toBe(5);
    expect(await unitsOf(pool, "SHIRT-S")).toBe(3);
    expect((await readOrder(pool, id))?.lines.map((line) => line.preOrdered)).toEqual([0, 0, 0]);
    expect(await pay(id, true)).toEqual({ kind: "expired", isRetakeable: false });
  });

  test("expires before its decision, too, and then is decided no more", async () => {
    await createProduct(pool, "LATE", { units: 5 });
    const id = await placeOrder(pool, [["LATE", 2]], randomUUID(), inAnHour());
    await letPass(id);
    await expireOrders(pool, [id]);
    await decideBatch(decidingOn(pool), [id]);
    expect(await statusOf(pool, id)).toBe("expired");
    expect(await unitsOf(pool, "LATE")).toBe(5);
  });

  test("can't be restocked, cancelled or refunded", async () => {
    await createProduct(pool, "CUP", { units: 5 });
    const id = await confirmed([["CUP", 2]]);
    await letPass(id);
    await expireOrders(pool, [id]);
    const restock = { id, lines: [{ sku: "CUP", quantity: 1 }], ...byAnn };
    const refusal = { kind: "wrong-status", status: "expired" };
    await expect(restockOrder(pool, restock, undefined)).rejects.toMatchObject({ refusal });
    await expect(cancel(id)).rejects.toMatchObject({ refusal });
    const refund = { id, to: "refunded", ...whole } as const;
    await expect(cancelOrRefund(pool, refund, undefined)).rejects.toMatchObject({ refusal });
    expect(await unitsOf(pool, "CUP")).toBe(5);
  });

  test("ends the alert that it had opened", async () => {
    await createProduct(pool, "LOW", { units: 6, threshold: 2 });
    const id = await confirmed([["LOW", 5]]);
    await letPass(id);
    await expireOrders(pool, [id]);
    const { rows } = await pool.query(
      "select alert_state from stock_level where sku = 'LOW' and alert_state is null",
    );
    expect(rows).toHaveLength(1);
  });
});

describe("an order expires", () => {
  test("not before its time, not without one, and not once it is paid or ended", async () => {
    await createProduct(pool, "TEA", { units: 20 });
    const early = await confirmed([["TEA", 1]]);
    const timeless = await placeOrder(pool, [["TEA", 1]]);
    const paid = await confirmed([["TEA", 1]]);
    const cancelled = await confirmed([["TEA", 1]]);
    await pay(paid);
    await cancel(cancelled);
    await letPass(paid, cancelled);
    const ids = [early, timeless, paid, cancelled, randomUUID()];
    expect((await expireOrders(pool, ids)).ids.size).toBe(0);
  });

  test("by the database's clock, whatever the process believes", async () => {
    await createProduct(pool, "CLOCK", { units: 5 });
    const id = await confirmed([["CLOCK", 1]]);
    await pool.query(
      `update "order" set pay_by = clock_timestamp() + interval '200 ms' where id = $1`,
      [id],
    );
    expect((await expireOrders(pool, [id])).ids.size).toBe(0);
    await vi.waitFor(async () => expect((await expireOrders(pool, [id])).ids.size).toBe(1));
  });
});

describe("a payment", () => {
  test("of a confirmed order marks it once, and repeated calls change nothing", async () => {
    await createProduct(pool, "PAID", { units: 5 });
    const id = await confirmed([["PAID", 1]]);
    expect(await pay(id)).toEqual({ kind: "mark" });
    const paidAt = (await readOrder(pool, id))?.paidAt;
    const again = await Promise.all(Array.from({ length: 8 }, () => pay(id)));
    expect(new Set(again.map(({ kind }) => kind))).toEqual(new Set(["known"]));
    expect((await readOrder(pool, id))?.paidAt).toEqual(paidAt);
    expect(await logOf(id)).toEqual(["pending", "confirmed", "paid"]);
  });

  test("with payment first takes the stock, once however many calls come at once", async () => {
    await createProduct(pool, "FIRST", { units: 5 });
    await payFirst("paid");
    const id = await placeOrder(pool, [["FIRST", 2]]);
    await payFirst("placed");
    expect(await statusOf(pool, id)).toBe("awaiting-payment");
    await decideBatch(decidingOn(pool), [id]);
    expect(await unitsOf(pool, "FIRST")).toBe(5);
    const calls = await Promise.all(Array.from({ length: 8 }, () => pay(id)));
    expect(calls.filter(({ kind }) => kind === "take")).toHaveLength(1);
    await decideBatch(decidingOn(pool), [id]);
    await pay(id);
    expect(await unitsOf(pool, "FIRST")).toBe(3);
    expect(await logOf(id)).toEqual(["awaiting-payment", "paid", "confirmed"]);
  });

  test("of an order that has ended is refused", async () => {
    await createProduct(pool, "ENDED", { units: 1 });
    const cancelled = await confirmed([["ENDED", 1]]);
    const rejected = await confirmed([["ENDED", 1]]);
    await cancel(cancelled);
    await expect(pay(cancelled)).rejects.toMatchObject({ refusal: { status: "cancelled" } });
    await expect(pay(rejected)).rejects.toMatchObject({ refusal: { status: "rejected" } });
    await expect(pay(randomUUID())).rejects.toMatchObject({ refusal: { kind: "unknown" } });
  });

  test("an order that waits for it can be cancelled, and then is paid no more", async () => {
    await createProduct(pool, "WAITS", { units: 1 });
    await payFirst("paid");
    const id = await placeOrder(pool, [["WAITS", 1]]);
    await payFirst("placed");
    await cancel(id);
    await expect(pay(id)).rejects.toMatchObject({ refusal: { status: "cancelled" } });
    expect(await logOf(id)).toEqual(["awaiting-payment", "cancelled"]);
  });
});

describe("an expired order that is taken once more", () => {
  test("is decided like a new one, and its books balance", async () => {
    await createProduct(pool, "AGAIN", { units: 5 });
    const id = await confirmed([["AGAIN", 3]]);
    await letPass(id);
    await expireOrders(pool, [id]);
    expect(await pay(id)).toEqual({ kind: "expired", isRetakeable: true });
    expect(await pay(id, true)).toMatchObject({ kind: "take", lines: 1 });
    await expectBalancedBooks(database.url);
    await decideBatch(decidingOn(pool), [id]);
    expect(await unitsOf(pool, "AGAIN")).toBe(2);
    expect(await movementsOf(id)).toEqual(["sale -3", "release 3", "allocation -3"]);
    expect(await logOf(id)).toEqual(["pending", "confirmed", "expired", "paid", "confirmed"]);
    await letPass(id);
    expect((await expireOrders(pool, [id])).ids.size).toBe(0);
    // A return of goods counts from the last decision.
    await cancelOrRefund(pool, { id, to: "refunded", ...whole }, undefined);
    const lines = [{ sku: "AGAIN", quantity: 3 }];
    await restockOrder(pool, { id, lines, ...byAnn }, undefined);
    expect(await unitsOf(pool, "AGAIN")).toBe(5);
  });

  test("is rejected if its stock went to another order meanwhile", async () => {
    await createProduct(pool, "RIVAL", { units: 3 });
    const id = await confirmed([["RIVAL", 3]]);
    await letPass(id);
    await expireOrders(pool, [id]);
    await confirmed([["RIVAL", 1]]);
    await pay(id, true);
    await decideBatch(decidingOn(pool), [id]);
    const order = await readOrder(pool, id);
    expect(order).toMatchObject({ status: "rejected", shortages: [{ available: 2 }] });
    expect(order?.paidAt).toBeInstanceOf(Date);
    expect(await unitsOf(pool, "RIVAL")).toBe(2);
    expect(await pay(id)).toEqual({ kind: "known" });
  });
});

/** Does something with each item, one after the other. Resolves with what failed. */
async function inTurn<T>(items: readonly T[], act: (item: T) => Promise<unknown>) {
  const failures: unknown[] = [];
  for (const item of items) await act(item).catch((error: unknown) => failures.push(error));
  return failures;
}

describe("at the same moment", () => {
  test(
    "a payment and an expiry have one winner, and the loser is told",
    { timeout: 120_000 },
    async () => {
      await createProduct(pool, "RACE", { units: 1_000 });
      const tally = { paid: 0, expired: 0 };
      for (let round = 0; round < 100; round += 1) {
        const id = await confirmed([["RACE", 1]]);
        await letPass(id);
        const paying = round % 2 === 0 ? pay(id) : undefined;
        const expiring = expireOrders(pool, [id]);
        const [paid, expired] = await Promise.all([paying ?? pay(id), expiring]);
        const isPaid = paid.kind === "mark";
        expect(expired.ids.has(id)).toBe(!isPaid);
        if (!isPaid) expect(paid).toEqual({ kind: "expired", isRetakeable: true });
        expect(await statusOf(pool, id)).toBe(isPaid ? "confirmed" : "expired");
        tally[isPaid ? "paid" : "expired"] += 1;
      }
      expect(await unitsOf(pool, "RACE")).toBe(1_000 - tally.paid);
    },
  );

  test(
    "hundreds that expire, are decided, paid, cancelled and restocked neither deadlock nor lose a unit",
    { timeout: 120_000 },
    async () => {
      const skus = ["MANY-A", "MANY-B", "MANY-C"];
      for (const sku of skus) await createProduct(pool, sku, { units: 2_000 });
      const linesOf = (index: number) => {
        const lines = skus.map((sku): [string, number] => [sku, 1 + (index % 3)]);
        return index % 2 === 0 ? lines : lines.toReversed();
      };
      const ids: string[] = [];
      for (let index = 0; index < 300; index += 1) {
        ids.push(await placeOrder(pool, linesOf(index), randomUUID(), inAnHour()));
      }
      const [early, late] = [ids.slice(0, 200), ids.slice(200)];
      await decideBatch(decidingOn(pool), early);
      await letPass(...ids);
      const cancelled = early.slice(0, 20);
      const restocked = early.slice(20, 40);
      for (const id of restocked) await cancel(id);
      const portions = Array.from({ length: 6 }, (_, at) => ids.slice(at * 50, at * 50 + 50));
      const restock = (id: string) => {
        const lines = skus.map((sku) => ({ sku, quantity: 1 }));
        return restockOrder(pool, { id, lines, ...byAnn }, undefined);
      };
      const failures = await Promise.all([
        inTurn(portions, (portion) => expireOrders(pool, portion.toReversed())),
        inTurn(portions.toReversed(), (portion) => expireOrders(pool, portion)),
        inTurn([late.toReversed()], (batch) => decideBatch(decidingOn(pool), batch)),
        inTurn(late.slice(0, 30), pay),
        inTurn(cancelled, cancel),
        inTurn(restocked, restock),
      ]);
      expect(failures.flat().filter((error) => !(error instanceof Refused))).toEqual([]);
      const { rows: met } = await pool.query<{ deadlocks: number }>(
        "select deadlocks::integer from pg_stat_database where datname = current_database()",
      );
      expect(met).toEqual([{ deadlocks: 0 }]);
      await expireOrders(pool, ids);
      const { rows } = await pool.query<{ status: string; paid: boolean }>(
        `select status, paid_at is not null as paid from "order" where id = any ($1)`,
        [ids],
      );
      expect(rows.filter(({ status, paid }) => paid && status === "expired")).toEqual([]);
      expect(rows.filter(({ status, paid }) => !paid && status === "confirmed")).toEqual([]);
    },
  );
});
