// Receipts that are interrupted, that meet edits of their products, or that meet orders for the same units.

import { Client, type Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type NewReceipt, receiveUnits } from "../../../src/db/receiving/receive-units.ts";
import { createPool } from "../../../src/db/sql/pool.ts";
import { decideBatch } from "../../../src/workers/decide-batch.ts";
import { expectBalancedBooks } from "../../support/audit.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { expectReceiptsInLedger } from "../../support/receipts.ts";
import {
  createProduct,
  createVariant,
  decidingOn,
  placeOrder,
  unitsOf,
} from "../../support/stock.ts";

let database: TestDatabase;
let pool: Pool;
let other: Client;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { max: 8, synchronousCommit: "on", onError: () => undefined });
  other = new Client({ connectionString: database.url });
  await other.connect();
});
afterAll(async () => {
  await expectBalancedBooks(database.url);
  await expectReceiptsInLedger({
    sql: async <Row extends object>(text: string) => (await pool.query<Row>(text)).rows,
  });
  await other.end();
  await pool.end();
  await database.drop();
});

const receiptOf = (reference: string, ...skus: readonly string[]): NewReceipt => ({
  reference,
  supplier: null,
  note: null,
  expectedDelivery: null,
  lines: skus.map((sku) => ({ sku, units: 5 })),
  actor: "key:test",
});

/** The backend that waits for a lock, once there is one. */
async function waitingBackend(): Promise<number> {
  return vi.waitFor(async () => {
    const { rows } = await pool.query<{ pid: number }>(
      `select pid from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock'`,
    );
    const [first] = rows;
    if (first === undefined) throw new Error("No backend waits for a lock yet.");
    return first.pid;
  });
}

describe("a receipt", () => {
  it("whose connection is lost between two levels leaves nothing, and can be sent again", async () => {
    await createProduct(pool, "ONE");
    await createProduct(pool, "TWO");
    await other.query("begin");
    await other.query("select from stock_level where sku = 'TWO' for update");
    const receipt = receiptOf("LOST", "ONE", "TWO");
    const lost = receiveUnits(pool, receipt, undefined).catch((error: unknown) => error);
    await pool.query("select pg_terminate_backend($1)", [await waitingBackend()]);
    expect(await lost).toBeInstanceOf(Error);
    await other.query("rollback");
    expect((await pool.query("select from receipt where reference = 'LOST'")).rowCount).toBe(0);
    expect([await unitsOf(pool, "ONE"), await unitsOf(pool, "TWO")]).toEqual([100, 100]);
    const { outcome } = await receiveUnits(pool, receipt, undefined);
    expect(outcome).toMatchObject({ isNew: true });
    expect([await unitsOf(pool, "ONE"), await unitsOf(pool, "TWO")]).toEqual([105, 105]);
  });

  it("goes to a variant that is given units of its own while the receipt waits", async () => {
    await createProduct(pool, "TEE");
    await createVariant(pool, "TEE", "TEE-S", null);
    await other.query("begin");
    await other.query("update variant set own_stock = true where sku = 'TEE-S'");
    const received = receiveUnits(pool, receiptOf("MOVED", "TEE-S"), undefined);
    await waitingBackend();
    await other.query("commit");
    expect((await received).outcome).toMatchObject({ isNew: true });
    expect([await unitsOf(pool, "TEE"), await unitsOf(pool, "TEE-S")]).toEqual([100, 5]);
  });

  it("of a product that is deleted while the receipt waits is refused", async () => {
    await createProduct(pool, "POT");
    await other.query("begin");
    await other.query("update product set deleted_at = now() where sku = 'POT'");
    const receipt = receiptOf("LATE", "POT");
    const refused = receiveUnits(pool, receipt, undefined).catch((error: unknown) => error);
    await waitingBackend();
    await other.query("commit");
    expect(await refused).toMatchObject({
      refusal: { kind: "not-receivable", lines: [{ sku: "POT", reason: "unknown-sku" }] },
    });
  });

  it("goes to the product that is made again under its SKU while the receipt waits", async () => {
    await createProduct(pool, "JAR");
    await other.query("begin");
    await other.query("update product set deleted_at = now() where sku = 'JAR'");
    await other.query(
      `insert into product (sku, name, type_code, enabled, track_inventory, hide_if_out_of_stock,
         allow_pre_order, allow_negative_stock, sell_below_threshold)
       values ('JAR', 'Made again', 'goods', true, true, false, false, false, false)`,
    );
    const received = receiveUnits(pool, receiptOf("AGAIN", "JAR"), undefined);
    await waitingBackend();
    await other.query("commit");
    expect((await received).outcome).toMatchObject({ isNew: true });
    expect(await unitsOf(pool, "JAR")).toBe(5);
  });

  it("and batches of orders for the same units, in any order, all count", async () => {
    const skus = ["A", "B", "C"];
    for (const sku of skus) await createProduct(pool, sku);
    const deciding = decidingOn(pool);
    await Promise.all(
      Array.from({ length: 20 }, async (_none, index) => {
        const turned = index % 2 ? skus : skus.toReversed();
        const id = await placeOrder(
          pool,
          turned.map((sku) => [sku, 2] as const),
        );
        await Promise.all([
          decideBatch(deciding, [id]),
          receiveUnits(pool, receiptOf(`R-${index}`, ...turned), undefined),
        ]);
      }),
    );
    for (const sku of skus) expect(await unitsOf(pool, sku)).toBe(100 + 20 * 5 - 20 * 2);
  });
});
