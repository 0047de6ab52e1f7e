import type { Pool } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { withIdempotencyKey } from "../../../src/api/orders/idempotency-key.ts";
import { createOrderIds } from "../../../src/api/orders/order-ids.ts";
import { BatcherFullError, BatcherOverdueError } from "../../../src/flow/batcher-errors.ts";
import type { NewOrder } from "../../../src/db/orders/insert-orders.ts";
import { createPool } from "../../../src/db/sql/pool.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { max: 1, synchronousCommit: "on", onError: () => undefined });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const nextId = createOrderIds();
const actor = { kind: "key", id: "1", label: "key:test", permissions: new Set<never>() } as const;

/** An order that differs from every other. */
function newOrder(): NewOrder {
  const id = nextId();
  return {
    id,
    reference: id,
    fingerprint: "00",
    lines: [{ sku: "MUG", quantity: 1 }],
    customer: null,
    note: null,
    acceptedBy: actor.label,
    awaited: false,
  };
}
const place = (key: string, submit: () => Promise<{ kind: "accepted"; id: string }>) =>
  withIdempotencyKey(pool, actor, key, newOrder(), submit);
const failing = (error: Error) => async (): Promise<never> => {
  throw error;
};
const accepted = () => Promise.resolve({ kind: "accepted", id: "1" } as const);

it.each([new BatcherFullError("full"), new BatcherOverdueError(1, false)])(
  "a key is free for another order if its own was never stored: %s",
  async (error) => {
    const key = `never-${error.name}`;
    await expect(place(key, failing(error))).rejects.toBe(error);
    expect(await place(key, accepted)).toEqual({ kind: "accepted", id: "1" });
  },
);

it("a key stays its order's if that may have been stored", async () => {
  const error = new BatcherOverdueError(1, true);
  await expect(place("unsure", failing(error))).rejects.toBe(error);
  await expect(place("unsure", accepted)).rejects.toMatchObject({ kind: "idempotency-key-reused" });
});
