// Gives the units of locked levels to the pre-orders that wait for them. Whatever raises a count calls it in its own
// transaction. So units on the shelf are never promised to somebody else, and newcomers get what is left.

import {
  allocateUnits,
  type AllocatedOrder,
  type AllocationPlan,
  unitsToGive,
} from "../../domain/order/allocate-units.ts";
import { currentRequestId } from "../request-scope.ts";
import { arrayLiteral } from "../sql/array-literal.ts";
import type { Sql } from "../sql/sql.ts";
import type { LockedLevel } from "../stock/locked-level.ts";
import { noteMovements } from "../stock/movement-counts.ts";
import { beforeAll } from "../sweep/find-forgotten.ts";
import { findWaitingItems, lockWaitingLines, type WaitingItem } from "./waiting-lines.ts";

/**
 * The most orders that one statement serves. It takes about a tenth of a second then, far from the limit of a statement,
 * also on a busy server. A transaction has no limit: it serves everybody who waits, or else newcomers could overtake those
 * who are left.
 */
const portionOrders = 2_000;

/** The levels with the units that are left, in their order, and how many orders got some. */
export type ServedLevels<Level extends LockedLevel> = {
  readonly levels: readonly Level[];
  readonly orders: number;
};

/**
 * Serves the orders that wait for units of the levels, the oldest first, until nobody waits or nothing is left. It
 * writes levels, lines, ledger and events in the name of `actor`; the caller settles the alerts, once, by the levels
 * that this returns. The transaction must have locked the levels, and locks no order and no level after this.
 *
 * If none of the levels has units to give, it runs no statement. If nobody waits, it runs one.
 */
export async function servePreOrders<Level extends LockedLevel>(
  sql: Sql,
  levels: readonly Level[],
  { actor }: { readonly actor: string },
): Promise<ServedLevels<Level>> {
  const unitsOf = new Map(levels.map((level) => [level.id, unitsToGive(level)]));
  const served = new Map<number, number>();
  let after = beforeAll;
  let orders = 0;
  for (;;) {
    const giving = [...unitsOf].filter(([, units]) => units > 0);
    if (giving.length === 0) break;
    const items = await findWaitingItems(
      sql,
      giving.map(([id]) => id),
      after,
    );
    if (items.length === 0) break;
    // Each of these orders takes at least one unit, so more orders than units would be locked in vain.
    const units = giving.reduce((sum, [, given]) => sum + given, 0);
    const ordersMax = Math.min(portionOrders, units);
    const lines = await lockWaitingLines(sql, items, { after, ordersMax });
    const plan = allocateUnits(lines, new Map(giving));
    if (plan.orders.length > 0) await writeAllocations(sql, plan, items, actor);
    for (const [id, left] of plan.unitsLeft) {
      unitsOf.set(id, left);
      served.set(id, left);
    }
    orders += plan.orders.length;
    after = lines.at(-1)?.orderId ?? after;
  }
  return {
    levels: levels.map((level) => ({ ...level, units: served.get(level.id) ?? level.units })),
    orders,
  };
}

/** Writes one portion: its levels, lines, movements and events. */
async function writeAllocations(
  sql: Sql,
  { orders, allocations, unitsLeft }: AllocationPlan,
  items: readonly WaitingItem[],
  actor: string,
): Promise<void> {
  const lines = orders.flatMap((order) => order.lines);
  const skuOf = new Map(items.map(({ itemId, sku }) => [itemId, sku]));
  const events = orders.flatMap((order) => eventsOf(order, skuOf));
  await sql(
    `with level as (
       update stock_level s set units = l.units
       from unnest($1::integer[], $2::bigint[]) as l (id, units) where s.id = l.id
     ), line as (
       update order_line l set allocated = l.allocated + a.units, pre_ordered = l.pre_ordered - a.units
       from unnest($3::uuid[], $4::smallint[], $5::integer[]) as a (order_id, line, units)
       where l.order_id = a.order_id and l.line = a.line
     ), allocation as (
       insert into movement (level_id, kind, change, units_after, order_id, actor, request_id)
       select level_id, 'allocation', change, units_after, order_id, $6, $14
       from unnest($7::integer[], $8::bigint[], $9::bigint[], $10::uuid[])
         as m (level_id, change, units_after, order_id)
     )
     insert into event (type, order_id, actor, data, request_id)
     select type, order_id, $6, data, $14
     from unnest($11::text[], $12::uuid[], $13::json[]) as e (type, order_id, data)`,
    [
      arrayLiteral(unitsLeft.keys()),
      arrayLiteral(unitsLeft.values()),
      arrayLiteral(lines.map(({ orderId }) => orderId)),
      arrayLiteral(lines.map(({ line }) => line)),
      arrayLiteral(lines.map(({ units }) => units)),
      actor,
      arrayLiteral(allocations.map(({ holderId }) => holderId)),
      arrayLiteral(allocations.map(({ change }) => change)),
      arrayLiteral(allocations.map(({ unitsAfter }) => unitsAfter)),
      arrayLiteral(allocations.map(({ orderId }) => orderId)),
      events.map(({ type }) => type),
      arrayLiteral(events.map(({ orderId }) => orderId)),
      events.map(({ data }) => data),
      currentRequestId(),
    ],
  );
  noteMovements(sql, "allocation", allocations.length);
}

/** An order's events: what it got, and that it is ready if nothing of it waits any more. */
function eventsOf({ id, lines, ready }: AllocatedOrder, skuOf: ReadonlyMap<number, string>) {
  const unitsOf = new Map<string, number>();
  for (const { itemId, units } of lines) {
    const sku = skuOf.get(itemId) ?? "";
    unitsOf.set(sku, (unitsOf.get(sku) ?? 0) + units);
  }
  const allocated = [...unitsOf].map(([sku, units]) => ({ sku, units }));
  const got = { type: "order.allocated", orderId: id, data: JSON.stringify({ allocated }) };
  return ready ? [got, { type: "order.ready", orderId: id, data: null }] : [got];
}
