// Products and orders in a test's database, made with plain SQL so that the code under test is not what
// prepares it, and an audit that any row of is a failure.

import { createHash, randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { insertOrders } from "../../src/db/orders/insert-orders.ts";
import { createItemMemory } from "../../src/db/orders/item-memory.ts";
import { createOrderIds } from "../../src/api/orders/order-ids.ts";
import { createTicketLock } from "../../src/flow/ticket-lock.ts";
import type { Deciding } from "../../src/workers/decide-batch.ts";

/** How a test's product differs from a tracked one with 100 units and no threshold. */
export type ProductOverrides = {
  readonly units?: number;
  readonly threshold?: number | null;
  readonly tracked?: boolean;
  readonly allowPreOrder?: boolean;
  readonly allowNegativeStock?: boolean;
};

/** Creates a product whose first units are in the ledger, as the API would. */
export async function createProduct(
  pool: Pool,
  sku: string,
  overrides: ProductOverrides = {},
): Promise<void> {
  const { units = 100, threshold = null, tracked = true } = overrides;
  await pool.query(
    `insert into product (sku, name, type_code, enabled, track_inventory, stock_alert_threshold,
       hide_if_out_of_stock, allow_pre_order, allow_negative_stock)
     values ($1, $1, 'goods', true, $2, $3, false, $4, $5)`,
    [
      sku,
      tracked,
      threshold,
      overrides.allowPreOrder ?? false,
      overrides.allowNegativeStock ?? false,
    ],
  );
  if (units > 0) await setUnits(pool, sku, units);
}

/** The first units of a living level, with their movement. */
async function setUnits(pool: Pool, sku: string, units: number): Promise<void> {
  await pool.query(
    `with level as (update stock_level set units = $2 where sku = $1 and not retired returning id)
     insert into movement (level_id, kind, change, units_after) select id, 'import', $2, $2 from level`,
    [sku, units],
  );
}

/** Gives a product a variant; with `units` null it draws on its product's stock. */
export async function createVariant(
  pool: Pool,
  product: string,
  sku: string,
  units: number | null,
): Promise<void> {
  await pool.query(
    `insert into variant (product_id, sku, name, options, position, enabled, own_stock)
     select id, $2, $2, '{}', 0, true, $3 from product where sku = $1 and deleted_at is null`,
    [product, sku, units !== null],
  );
  if (units !== null && units > 0) await setUnits(pool, sku, units);
}

const nextId = createOrderIds();

/** Stores a pending order as intake does and gives its id. */
export async function placeOrder(
  pool: Pool,
  lines: readonly (readonly [sku: string, quantity: number])[],
  reference: string = randomUUID(),
  payBy: Date | null = null,
): Promise<string> {
  const id = nextId();
  const [outcome] = await insertOrders(pool, createItemMemory(), [
    {
      id,
      jobId: id,
      reference,
      fingerprint: createHash("sha256").update(JSON.stringify(lines)).digest("hex"),
      lines: lines.map(([sku, quantity]) => ({ sku, quantity })),
      customer: null,
      note: null,
      payBy,
      acceptedBy: "key:test",
      awaited: false,
    },
  ]);
  if (outcome?.kind !== "accepted") throw new Error(`The order was not accepted: ${outcome?.kind}`);
  return id;
}

/** What deciding works with, as a process of its own would have it. */
export function decidingOn(pool: Pool, onAlerts: Deciding["onAlerts"] = () => undefined): Deciding {
  return { pool, takeTicket: createTicketLock(), onAlerts };
}

/** The units of a SKU's level. */
export async function unitsOf(pool: Pool, sku: string): Promise<number | undefined> {
  const { rows } = await pool.query<{ units: number }>(
    "select units from stock_level where sku = $1 and not retired",
    [sku],
  );
  return rows[0]?.units;
}

/** The status of an order. */
export async function statusOf(pool: Pool, id: string): Promise<string | undefined> {
  const { rows } = await pool.query<{ status: string }>(
    'select status from "order" where id = $1',
    [id],
  );
  return rows[0]?.status;
}
