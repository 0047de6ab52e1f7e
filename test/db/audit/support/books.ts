// Books that balance: orders of each kind and status, on a database of their own.

import type { Pool, PoolClient } from "pg";
import type { AlertToCheck } from "../../../../src/db/alerts/record-transition.ts";
import { writeLowStockMails } from "../../../../src/db/alerts/write-low-stock-mails.ts";
import { cancelOrRefund } from "../../../../src/db/orders/cancel-or-refund.ts";
import { restockOrder } from "../../../../src/db/orders/restock-order.ts";
import { createPool } from "../../../../src/db/sql/pool.ts";
import { decideBatch } from "../../../../src/workers/decide-batch.ts";
import { createProduct, decidingOn, placeOrder } from "../../../support/stock.ts";

/** Open books. */
export type TestBooks = {
  readonly pool: Pool;
  /** Runs `work` in a transaction that is rolled back. */
  readonly rolledBack: <T>(work: (client: PoolClient) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
};

/** Writes the books. Each order's reference says what it is. */
export async function createBooks(url: string): Promise<TestBooks> {
  const pool = createPool(url, { max: 3, synchronousCommit: "off", onError: () => undefined });
  await createProduct(pool, "MUG");
  await createProduct(pool, "SHIRT", { units: 2, allowPreOrder: true });
  await createProduct(pool, "COURSE", { units: 0, tracked: false });
  const decided = [
    await placeOrder(pool, [["MUG", 3]], "SOLD"),
    await placeOrder(
      pool,
      [
        ["MUG", 1],
        ["COURSE", 2],
      ],
      "TWO LINES",
    ),
    await placeOrder(pool, [["SHIRT", 5]], "PROMISED"),
    await placeOrder(pool, [["MUG", 1_000]], "REJECTED"),
  ];
  const cancelled = await placeOrder(pool, [["MUG", 4]], "CANCELLED");
  const refunded = await placeOrder(pool, [["MUG", 5]], "REFUNDED");
  await decideBatch(decidingOn(pool), [...decided, cancelled, refunded]);
  await placeOrder(pool, [["MUG", 1]], "WAITING");
  const by = { actor: "key:test", note: null, reason: "return" } as const;
  const whole = { lines: null, restock: false, ...by };
  await cancelOrRefund(pool, { id: cancelled, to: "cancelled", ...whole }, undefined);
  await cancelOrRefund(pool, { id: refunded, to: "refunded", ...whole }, undefined);
  await sellLampsDown(pool);
  const lines = [{ sku: "MUG", quantity: 2 }];
  await restockOrder(pool, { id: cancelled, lines, ...by }, undefined);
  return {
    pool,
    async rolledBack(work) {
      const client = await pool.connect();
      try {
        await client.query("begin");
        return await work(client);
      } finally {
        await client.query("rollback");
        client.release();
      }
    },
    close: () => pool.end(),
  };
}

/** Sells lamps until they are low, then out, and writes the mails of both. */
async function sellLampsDown(pool: Pool): Promise<void> {
  await pool.query(`
    with manager as (
      insert into admin_user (id, email, name, password_hash, enabled)
      values (gen_random_uuid(), 'manager@example.com', 'Manager', 'none', true) returning id)
    insert into admin_group_member select id, 'store-managers' from manager`);
  await createProduct(pool, "LAMP", { units: 10, threshold: 5, allowPreOrder: true });
  const alerts: AlertToCheck[] = [];
  const deciding = decidingOn(pool, (found) => void alerts.push(...found));
  for (const [reference, units] of [
    ["LAMPS LOW", 6],
    ["LAMPS OUT", 4],
  ] as const) {
    await decideBatch(deciding, [await placeOrder(pool, [["LAMP", units]], reference)]);
  }
  const compose = () => ({ templateCode: "code", data: {}, messageIdHost: "example.com" });
  for (const { id } of alerts) await writeLowStockMails(pool, id, { compose, gatherMs: 0 });
}
