// Two clerks and a payment provider change the same orders at once, while deliveries come in: each gets an answer, and no
// unit comes back twice.

import { randomUUID } from "node:crypto";
import * as fc from "fast-check";
import { Client, type Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { cancelOrRefund } from "../../../src/db/orders/cancel-or-refund.ts";
import { readOrder } from "../../../src/db/orders/read-orders.ts";
import { restockOrder } from "../../../src/db/orders/restock-order.ts";
import { Refused } from "../../../src/db/refused.ts";
import { createPool } from "../../../src/db/sql/pool.ts";
import { sqlStateOf } from "../../../src/db/sql/retry-transaction.ts";
import { adjustUnits } from "../../../src/db/stock/adjust-units.ts";
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
  pool = createPool(database.url, { max: 10, synchronousCommit: "off", onError: () => undefined });
});
afterAll(async () => {
  await expectBalancedBooks(database.url);
  await pool.end();
  await expectNoDeadlock();
  await database.drop();
});

/** Every transaction locked in the same order. A deadlock would be repeated and found by nobody but the server. */
async function expectNoDeadlock(): Promise<void> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query<{ deadlocks: string }>(
    "select deadlocks from pg_stat_database where datname = current_database()",
  );
  await client.end();
  expect(rows[0]?.deadlocks).toBe("0");
}

const by = { actor: "key:test", reason: "return", note: null } as const;
type Lines = readonly { readonly sku: string; readonly quantity: number }[];

const giveUp = (
  id: string,
  to: "cancelled" | "refunded",
  lines: Lines | null = null,
  restock = false,
) => cancelOrRefund(pool, { id, to, lines, restock, ...by }, undefined);
const restock = (id: string, lines: Lines) => restockOrder(pool, { id, lines, ...by }, undefined);
const receive = (sku: string, delta: number) =>
  adjustUnits(pool, { sku, request: { delta }, kind: "receipt", ...by }, undefined);

async function sell(lines: readonly (readonly [string, number])[]): Promise<string> {
  const id = await placeOrder(pool, lines);
  expect(await decideBatch(decidingOn(pool), [id])).toMatchObject([
    { value: { outcome: "confirmed" } },
  ]);
  return id;
}

const item = fc.constantFrom("A", "B", "V");
const lines = fc
  .uniqueArray(item, { minLength: 1, maxLength: 3 })
  .chain((items) =>
    fc.tuple(...items.map((name) => fc.tuple(fc.constant(name), fc.integer({ min: 1, max: 3 })))),
  );
const order = fc.nat(1);
const act = fc.oneof(
  fc.record({
    kind: fc.constantFrom("cancelled" as const, "refunded" as const),
    order,
    lines: fc.option(lines, { freq: 3 }),
    restock: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("restock" as const), order, lines }),
  fc.record({ kind: fc.constant("receipt" as const), item, units: fc.integer({ min: 1, max: 3 }) }),
);
type Act = typeof act extends fc.Arbitrary<infer Value> ? Value : never;

describe("acts of several people at once", () => {
  it("each have an answer, give up no unit twice, and put none back twice", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(act, { minLength: 4, maxLength: 10, size: "max" }),
        async (acts) => {
          const run = randomUUID();
          const sku = (name: string) => `${name}-${run}`;
          await createProduct(pool, sku("A"), { units: 20 });
          await createProduct(pool, sku("B"), { units: 4, allowPreOrder: true });
          await createProduct(pool, sku("Q"), { units: 20 });
          await createVariant(pool, sku("Q"), sku("V"), null);
          const orders = [
            await sell([
              [sku("A"), 3],
              [sku("B"), 3],
              [sku("V"), 2],
            ]),
            await sell([
              [sku("V"), 3],
              [sku("B"), 4],
              [sku("A"), 2],
            ]),
          ];
          const named = (pairs: readonly (readonly [string, number])[]) =>
            pairs.map(([name, quantity]) => ({ sku: sku(name), quantity }));
          const take = (one: Act) => {
            if (one.kind === "receipt") return receive(sku(one.item), one.units);
            const id = orders[one.order] ?? "";
            if (one.kind === "restock") return restock(id, named(one.lines));
            const { kind, lines: some } = one;
            return giveUp(id, kind, some === null ? null : named(some), one.restock);
          };
          const results = await Promise.allSettled(acts.map(take));
          const failures = results.flatMap((result): unknown[] =>
            result.status === "rejected" && !(result.reason instanceof Refused)
              ? [result.reason]
              : [],
          );
          expect(failures).toEqual([]);
          expect(await wrongLines(orders)).toEqual([]);
          for (const id of orders) await giveUpTheRest(id);
        },
      ),
      { numRuns: 40 },
    );
  }, 120_000);
});

describe("two people who each refund one of the last two lines at once", () => {
  it("end the order, whoever is first", async () => {
    await createProduct(pool, "LAST-1");
    await createProduct(pool, "LAST-2");
    for (let round = 0; round < 20; round += 1) {
      const id = await sell([
        ["LAST-1", 1],
        ["LAST-2", 1],
      ]);
      await Promise.all(
        ["LAST-1", "LAST-2"].map((sku) => giveUp(id, "refunded", [{ sku, quantity: 1 }], true)),
      );
      expect(await statusOf(pool, id)).toBe("refunded");
    }
    expect(await unitsOf(pool, "LAST-1")).toBe(100);
  });
});

/** Lines whose counts contradict each other or the order's status. */
async function wrongLines(orders: readonly string[]): Promise<object[]> {
  const { rows } = await pool.query<object>(
    `select l.*, o.status from order_line l
       join "order" o on o.id = l.order_id
       join (select order_id, sum(quantity - cancelled - refunded) as units from order_line group by order_id) remaining
         on remaining.order_id = o.id
     where l.order_id = any ($1::uuid[]) and (
       l.allocated + l.pre_ordered + l.released <> l.quantity
       or l.restocked > l.cancelled + l.refunded - l.released
       or l.cancelled + l.refunded - l.released > l.allocated
       or (o.status = 'confirmed') <> (remaining.units > 0))`,
    [orders],
  );
  return rows;
}

/** After the rest is given up, all that was taken can come back, and then the database refuses every further unit. */
async function giveUpTheRest(id: string): Promise<void> {
  await giveUp(id, "cancelled").catch((refused: unknown) =>
    expect(refused).toBeInstanceOf(Refused),
  );
  const stored = await readOrder(pool, id);
  const back = (stored?.lines ?? []).flatMap(({ sku, allocated, restocked }) =>
    allocated > restocked ? [{ sku, quantity: allocated - restocked }] : [],
  );
  if (back.length > 0) await restock(id, back);
  for (const column of ["restocked", "cancelled", "refunded"]) {
    const more = pool.query(
      `update order_line set ${column} = ${column} + 1 where order_id = $1 and line = 0`,
      [id],
    );
    await expect(more.catch(sqlStateOf)).resolves.toBe("23514");
  }
}

/** Sells what is only promised, and holds the lock of its level as a delivery does. */
async function promise(sku: string, work: (delivery: Client, id: string) => Promise<void>) {
  await createProduct(pool, sku, { units: 0, allowPreOrder: true });
  const id = await sell([[sku, 3]]);
  const delivery = new Client({ connectionString: database.url });
  await delivery.connect();
  try {
    await delivery.query("begin");
    await delivery.query("select from stock_level where sku = $1 for update", [sku]);
    await work(delivery, id);
  } finally {
    await delivery.end();
  }
}

async function untilOneWaits(delivery: Client): Promise<void> {
  await vi.waitFor(async () => {
    const { rows } = await delivery.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    expect(rows).toHaveLength(1);
  });
}

/** What a delivery of two units does for the promise of an order. */
const serveTwo = `with level as (
    select id from stock_level where sku = $1
  ), movements as (
    insert into movement (level_id, kind, change, units_after, order_id)
    select id, 'receipt', 2, 2, null::uuid from level union all select id, 'allocation', -2, 0, $2 from level
  ) update order_line set allocated = 2, pre_ordered = 1 where order_id = $2`;

describe("a promise that is given up while a delivery serves it", () => {
  it("waits for the delivery, and then gives up units that were taken", async () => {
    await promise("SERVED", async (delivery, id) => {
      const refunded = giveUp(id, "refunded", [{ sku: "SERVED", quantity: 2 }], true);
      await untilOneWaits(delivery);
      await delivery.query(serveTwo, ["SERVED", id]);
      await delivery.query("commit");
      expect(await refunded).toBe("changed");
      expect(await readOrder(pool, id)).toMatchObject({
        status: "confirmed",
        lines: [{ allocated: 2, preOrdered: 0, refunded: 2, released: 1, restocked: 1 }],
      });
      expect(await unitsOf(pool, "SERVED")).toBe(1);
    });
  });

  it("is not there any more for the delivery that comes after", async () => {
    await promise("RELEASED", async (delivery, id) => {
      await delivery.query("rollback");
      await giveUp(id, "refunded", [{ sku: "RELEASED", quantity: 2 }]);
      await receive("RELEASED", 5);
      const stored = await readOrder(pool, id);
      expect(stored).toMatchObject({ lines: [{ refunded: 2, released: 2 }] });
      const [line] = stored?.lines ?? [];
      expect((line?.allocated ?? 0) + (line?.preOrdered ?? 0)).toBe(1);
    });
  });
});

describe("an order that a process of the version before ends, which knows no lines", () => {
  it("is ended with the rest of its lines, and only what was taken can come back", async () => {
    await createProduct(pool, "OLD", { units: 2, allowPreOrder: true });
    const id = await sell([["OLD", 4]]);
    await giveUp(id, "refunded", [{ sku: "OLD", quantity: 3 }]);
    await pool.query(`update "order" set status = 'cancelled' where id = $1`, [id]);
    await pool.query("insert into event (type, order_id) values ('order.cancelled', $1)", [id]);
    expect(await readOrder(pool, id)).toMatchObject({
      lines: [{ allocated: 2, preOrdered: 0, released: 2, refunded: 3, cancelled: 1 }],
    });
    await expect(restock(id, [{ sku: "OLD", quantity: 3 }])).rejects.toThrow(Refused);
    await restock(id, [{ sku: "OLD", quantity: 2 }]);
    expect(await unitsOf(pool, "OLD")).toBe(2);
  });
});
