import type { Pool } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { submitWithKey } from "../../../src/api/orders/submit-with-key.ts";
import { BatcherFullError, BatcherOverdueError } from "../../../src/flow/batcher-errors.ts";
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

let orders = 0;

/** Submits an order that differs from every other, under a key. */
function place(
  key: string,
  submit: () => Promise<{ kind: "accepted"; id: string; status: "pending" }>,
) {
  orders += 1;
  const fingerprint = orders.toString(16).padStart(64, "0");
  const recognise = async () => undefined;
  return submitWithKey(pool, { claimant: "key:1", key, fingerprint }, { submit, recognise });
}
const failing = (error: Error) => async (): Promise<never> => {
  throw error;
};
const accepted = () => Promise.resolve({ kind: "accepted", id: "1", status: "pending" } as const);

it.each([new BatcherFullError("full"), new BatcherOverdueError(1, false)])(
  "a key is free for another order if its own was never stored: %s",
  async (error) => {
    const key = `never-${error.name}`;
    await expect(place(key, failing(error))).rejects.toBe(error);
    expect(await place(key, accepted)).toEqual({ kind: "accepted", id: "1", status: "pending" });
  },
);

it("a key stays its order's if that may have been stored", async () => {
  const error = new BatcherOverdueError(1, true);
  await expect(place("unsure", failing(error))).rejects.toBe(error);
  expect(await place("unsure", accepted)).toBe("key-reused");
});
