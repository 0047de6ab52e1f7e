import type { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createOrderIds } from "../../../src/api/orders/order-ids.ts";
import { insertOrders, type OrderOfJob } from "../../../src/db/orders/insert-orders.ts";
import { createItemMemory } from "../../../src/db/orders/item-memory.ts";
import { createPool } from "../../../src/db/sql/pool.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { createProduct } from "../../support/stock.ts";

let database: TestDatabase;
let pool: Pool;
const nextId = createOrderIds();

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { max: 2, synchronousCommit: "on", onError: () => undefined });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

function orderOf(...skus: readonly string[]): OrderOfJob {
  const id = nextId();
  return {
    id,
    jobId: id,
    reference: `R-${id}`,
    fingerprint: Buffer.from(skus.join()).toString("hex"),
    lines: skus.map((sku) => ({ sku, quantity: 1 })),
    customer: null,
    note: null,
    payBy: null,
    acceptedBy: "key:test",
    awaited: false,
  };
}

describe("storing orders of items that are remembered", () => {
  it("refuses an item that was disabled since, and stores the orders that came with it", async () => {
    await createProduct(pool, "GONE");
    await createProduct(pool, "STAYS");
    const memory = createItemMemory();
    await insertOrders(pool, memory, [orderOf("GONE", "STAYS")]);
    await pool.query("update product set enabled = false where sku = 'GONE'");
    const other = orderOf("STAYS");
    expect(await insertOrders(pool, memory, [orderOf("STAYS", "GONE"), other])).toEqual([
      { kind: "refused", lines: [{ line: 1, sku: "GONE", reason: "disabled" }], payBy: null },
      { kind: "accepted", id: other.id, status: "pending" },
    ]);
  });

  it("tells every line that is wrong, also where only one of them is new to it", async () => {
    await createProduct(pool, "OLD");
    const memory = createItemMemory();
    await insertOrders(pool, memory, [orderOf("OLD")]);
    await pool.query("update product set enabled = false where sku = 'OLD'");
    expect(await insertOrders(pool, memory, [orderOf("OLD", "NEVER")])).toEqual([
      {
        kind: "refused",
        payBy: null,
        lines: [
          { line: 0, sku: "OLD", reason: "disabled" },
          { line: 1, sku: "NEVER", reason: "unknown-sku" },
        ],
      },
    ]);
  });

  it("follows an SKU to the product that has it now", async () => {
    await createProduct(pool, "MOVES");
    const memory = createItemMemory();
    await insertOrders(pool, memory, [orderOf("MOVES")]);
    const before = memory.get("MOVES");
    await pool.query("update product set sku = 'MOVED' where sku = 'MOVES'");
    await createProduct(pool, "MOVES");
    const order = orderOf("MOVES");
    expect(await insertOrders(pool, memory, [order])).toEqual([
      { kind: "accepted", id: order.id, status: "pending" },
    ]);
    expect(memory.get("MOVES")).not.toBe(before);
    const { rows } = await pool.query<{ requested: unknown }>(
      'select requested from "order" where id = $1',
      [order.id],
    );
    expect(rows).toEqual([{ requested: [[memory.get("MOVES"), 1]] }]);
  });

  it("stores orders whose lines are in any order, as they were sent", async () => {
    for (const sku of ["FIRST", "SECOND", "THIRD"]) await createProduct(pool, sku);
    const memory = createItemMemory();
    const orders = [orderOf("THIRD", "FIRST", "THIRD"), orderOf("SECOND", "FIRST")];
    expect(await insertOrders(pool, memory, orders)).toEqual(
      orders.map(({ id }) => ({ kind: "accepted", id, status: "pending" })),
    );
    const { rows } = await pool.query<{ requested: unknown }>(
      'select requested from "order" where id = any ($1::uuid[]) order by id',
      [orders.map(({ id }) => id)],
    );
    const [first, second, third] = ["FIRST", "SECOND", "THIRD"].map((sku) => memory.get(sku));
    expect(rows).toEqual([
      {
        requested: [
          [third, 1],
          [first, 1],
          [third, 1],
        ],
      },
      {
        requested: [
          [second, 1],
          [first, 1],
        ],
      },
    ]);
  });

  it("takes two SKUs that one product had, one after the other, for no more than the one it has", async () => {
    await createProduct(pool, "WAS");
    const memory = createItemMemory();
    await insertOrders(pool, memory, [orderOf("WAS")]);
    await pool.query("update product set sku = 'IS' where sku = 'WAS'");
    await insertOrders(pool, memory, [orderOf("IS")]);
    expect(memory.get("IS")).toBe(memory.get("WAS"));
    expect(await insertOrders(pool, memory, [orderOf("WAS", "IS")])).toEqual([
      { kind: "refused", lines: [{ line: 0, sku: "WAS", reason: "unknown-sku" }], payBy: null },
    ]);
  });

  it("gives a repeated order its first row, whatever became of its items", async () => {
    await createProduct(pool, "AGAIN");
    const memory = createItemMemory();
    const order = orderOf("AGAIN");
    await insertOrders(pool, memory, [order]);
    await pool.query("update product set enabled = false where sku = 'AGAIN'");
    expect(await insertOrders(pool, memory, [{ ...order, id: nextId() }])).toEqual([
      { kind: "known", id: order.id, status: "pending", waitsLong: false },
    ]);
  });

  it("is the same at once in any order: statements never wait for each other in a circle", async () => {
    await createProduct(pool, "CROSSED");
    for (let round = 0; round < 20; round += 1) {
      const orders = Array.from({ length: 400 }, () => orderOf("CROSSED"));
      const again = orders.toReversed().map((order) => ({ ...order, id: nextId() }));
      const [first, second] = await Promise.all([
        insertOrders(pool, createItemMemory(), orders),
        insertOrders(pool, createItemMemory(), again),
      ]);
      const idsOf = (outcomes: typeof first) =>
        outcomes.map((outcome) => ("id" in outcome ? outcome.id : null));
      expect(idsOf(second)).toEqual(idsOf(first.toReversed()));
    }
  });
});
