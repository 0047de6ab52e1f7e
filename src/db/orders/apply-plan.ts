// The second half of a batch's transaction: writes what the plan decided. One statement writes a table for all orders
// of the batch.

import type { AlertChange, BatchPlan } from "../../domain/order/plan-batch.ts";
import type { ShortageReason } from "../../domain/order/plan-order.ts";
import { type AlertToCheck, recordTransition } from "../alerts/record-transition.ts";
import { channels } from "../channels.ts";
import { arrayLiteral } from "../sql/array-literal.ts";
import type { Sql } from "../sql/sql.ts";
import type { Transaction } from "../sql/transaction.ts";
import type { LockedBatch } from "./lock-batch.ts";
import type { LockedLevel } from "../stock/locked-level.ts";
import { noteMovements } from "../stock/movement-counts.ts";

/** Why an order was rejected, as stored: one holder that has too few units, and the items that draw on it. */
export type StoredShortage = {
  readonly items: readonly number[];
  readonly reason: ShortageReason;
  /** The units that the order requests of the holder; stored orders call them so. */
  readonly demanded: number;
  readonly available: number;
  readonly unitsInStock: number;
  readonly heldBack: number;
  readonly outOfStockAt: number;
};

/**
 * Writes a batch's plan. Resolves with the alerts that need a check after the commit. Most statements have only been
 * sent then: if one of them fails, the transaction fails.
 */
export async function applyPlan(
  { sql, send }: Pick<Transaction, "sql" | "send">,
  plan: BatchPlan,
  batch: LockedBatch,
): Promise<AlertToCheck[]> {
  writeConfirmed(send, plan, batch);
  noteSales(sql, plan, batch);
  writeRejected(send, plan, batch);
  const alerts = await writeAlerts(sql, plan.alerts, batch.levels);
  const awaited = batch.orders.filter((order) => order.awaited);
  notifyWaiting(
    send,
    awaited.map(({ id }) => id),
  );
  return alerts;
}

/**
 * Writes the confirmed orders. An order has one sale of a level at most. So an order that is taken once more has
 * allocations in the place of sales.
 */
function writeConfirmed(send: Transaction["send"], plan: BatchPlan, batch: LockedBatch): void {
  const orders: string[] = [];
  const line: { order: string[]; number: number[]; item: number[]; holder: string[] } = {
    order: [],
    number: [],
    item: [],
    holder: [],
  };
  const served: { quantity: number[]; allocated: number[]; preOrdered: number[] } = {
    quantity: [],
    allocated: [],
    preOrdered: [],
  };
  for (const { id, plan: decision } of plan.orders) {
    if (decision.status !== "confirmed") continue;
    orders.push(id);
    for (const [index, planned] of decision.lines.entries()) {
      line.order.push(id);
      line.number.push(index);
      line.item.push(planned.itemId);
      line.holder.push(planned.tracked ? String(planned.holderId) : "NULL");
      served.quantity.push(planned.quantity);
      served.allocated.push(planned.allocated);
      served.preOrdered.push(planned.preOrdered);
    }
  }
  if (orders.length === 0) return;
  send({
    name: "write-confirmed",
    text: `with level as (
        update stock_level l set units = c.units, alert_state = c.alert_state
        from unnest($1::integer[], $2::bigint[], $3::text[]) as c (id, units, alert_state)
        where l.id = c.id
      ), sale as (
        insert into movement (level_id, kind, change, units_after, order_id)
        select level_id, case when order_id = any ($16::uuid[]) then 'allocation' else 'sale' end,
          change, units_after, order_id
        from unnest($4::integer[], $5::bigint[], $6::bigint[], $7::uuid[])
          as s (level_id, change, units_after, order_id)
      ), line as (
        insert into order_line (order_id, line, item_id, holder_id, quantity, allocated, pre_ordered)
        select * from unnest($8::uuid[], $9::smallint[], $10::integer[], $11::integer[],
          $12::integer[], $13::integer[], $14::integer[])
      ), decided as (
        update "order" set status = 'confirmed', decided_at = clock_timestamp()
        where id = any ($15::uuid[])
      )
      insert into event (type, order_id) select 'order.confirmed', id from unnest($15::uuid[]) as o (id)`,
    values: [
      arrayLiteral(plan.holders.map((holder) => holder.id)),
      arrayLiteral(plan.holders.map((holder) => holder.units)),
      arrayLiteral(plan.holders.map((holder) => holder.alert ?? "NULL")),
      arrayLiteral(plan.sales.map((sale) => sale.holderId)),
      arrayLiteral(plan.sales.map((sale) => sale.change)),
      arrayLiteral(plan.sales.map((sale) => sale.unitsAfter)),
      arrayLiteral(plan.sales.map((sale) => sale.orderId)),
      arrayLiteral(line.order),
      arrayLiteral(line.number),
      arrayLiteral(line.item),
      arrayLiteral(line.holder),
      arrayLiteral(served.quantity),
      arrayLiteral(served.allocated),
      arrayLiteral(served.preOrdered),
      arrayLiteral(orders),
      arrayLiteral(batch.orders.flatMap(({ id, retaken }) => (retaken ? [id] : []))),
    ],
  });
}

/** Notes what `writeConfirmed` writes into the ledger. */
function noteSales(sql: Sql, { sales }: BatchPlan, { orders }: LockedBatch): void {
  const retaken = new Set(orders.flatMap((order) => (order.retaken ? [order.id] : [])));
  const allocations =
    retaken.size === 0 ? 0 : sales.filter(({ orderId }) => retaken.has(orderId)).length;
  noteMovements(sql, "allocation", allocations);
  noteMovements(sql, "sale", sales.length - allocations);
}

function writeRejected(send: Transaction["send"], plan: BatchPlan, batch: LockedBatch): void {
  const ids: string[] = [];
  const reasons: string[] = [];
  const itemsOf = new Map(batch.orders.map(({ id, lines }) => [id, lines.map(([item]) => item)]));
  for (const { id, plan: decision } of plan.orders) {
    if (decision.status !== "rejected") continue;
    const items = itemsOf.get(id) ?? [];
    const shortages: StoredShortage[] = decision.shortages.map(
      ({ holderId, requested, ...rest }) => ({
        items: items.filter((item) => batch.holderOf.get(item) === holderId),
        ...rest,
        demanded: requested,
      }),
    );
    ids.push(id);
    reasons.push(JSON.stringify(shortages));
  }
  if (ids.length === 0) return;
  send({
    name: "write-rejected",
    text: `with decided as (
        update "order" o set status = 'rejected', decided_at = clock_timestamp(), rejection = r.reason
        from unnest($1::uuid[], $2::json[]) as r (id, reason) where o.id = r.id
      )
      insert into event (type, order_id) select 'order.rejected', id from unnest($1::uuid[]) as o (id)`,
    values: [arrayLiteral(ids), reasons],
  });
}

async function writeAlerts(
  sql: Sql,
  changes: readonly AlertChange[],
  levels: ReadonlyMap<number, LockedLevel>,
): Promise<AlertToCheck[]> {
  const alerts = new Map<string, AlertToCheck>();
  for (const { holderId, orderId, transition, units, limit } of changes) {
    const level = levels.get(holderId);
    if (level === undefined) continue;
    const entry = { level, transition, units, limit, cause: { orderId } };
    const alert = await recordTransition(sql, entry);
    if (alert !== null) alerts.set(alert.id, { ...alert, orderId });
  }
  return [...alerts.values()];
}

/** The most ids of one notification. PostgreSQL allows 8,000 bytes, and each id takes 37. */
const idsPerNotification = 200;

function notifyWaiting(send: Transaction["send"], ids: readonly string[]): void {
  for (let start = 0; start < ids.length; start += idsPerNotification) {
    const payload = ids.slice(start, start + idsPerNotification).join(",");
    send({
      name: "notify-waiting",
      text: "select pg_notify($1, $2)",
      values: [channels.orderDecided, payload],
    });
  }
}
