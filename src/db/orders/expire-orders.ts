// Ends orders that were not paid in time, and gives back what they had taken. It locks as a batch of decisions does:
// orders, then levels, then lines, each in ascending id.

import type { Pool } from "pg";
import { type ExpiringLine, expireLines } from "../../domain/order/expire-lines.ts";
import type { OrderStatus } from "../../domain/order/order-status.ts";
import { expiresNow } from "../../domain/order/payment.ts";
import type { AlertToCheck } from "../alerts/record-transition.ts";
import { channels } from "../channels.ts";
import { arrayLiteral } from "../sql/array-literal.ts";
import { lostAgainstAnother, retryTransaction } from "../sql/retry-transaction.ts";
import { inTransaction, type Transaction } from "../sql/transaction.ts";
import { changeUnits } from "../stock/change-units.ts";
import { HolderChangedError, lockLevels } from "./lock-levels.ts";

/** The actor of what the program does by itself. */
const program = "tallyman";

/** Which orders expired, and the alerts that need a check after the commit. */
export type ExpiredOrders = {
  readonly ids: ReadonlySet<string>;
  readonly alerts: readonly AlertToCheck[];
};

/**
 * Expires those of the orders that are due by the database's clock, not paid, and not ended: all in one transaction. The
 * others stay as they are. Give it few orders, because it holds their levels until all are written.
 */
export function expireOrders(pool: Pool, ids: readonly string[]): Promise<ExpiredOrders> {
  return retryTransaction(
    () => inTransaction(pool, (transaction) => expireInTransaction(transaction, ids)),
    (error) => lostAgainstAnother(error) || error instanceof HolderChangedError,
  );
}

async function expireInTransaction(
  transaction: Transaction,
  wanted: readonly string[],
): Promise<ExpiredOrders> {
  const orders = await lockDue(transaction, wanted);
  const ids = orders.map(({ id }) => id);
  if (ids.length === 0) return { ids: new Set(), alerts: [] };
  const backOf = await endLines(transaction, ids);
  await endOrders(transaction, orders, backOf);
  const alerts: AlertToCheck[] = [];
  for (const id of ids) alerts.push(...(await giveBack(transaction, id, backOf.get(id))));
  const awaited = orders.filter((order) => order.awaited).map(({ id }) => id);
  if (awaited.length > 0) {
    await transaction.sql("select pg_notify($1, $2)", [channels.orderDecided, awaited.join(",")]);
  }
  return { ids: new Set(ids), alerts };
}

type DueOrder = { readonly id: string; readonly status: OrderStatus; readonly awaited: boolean };

/** Locks the orders that are not paid, in ascending id. Resolves with those that expire now. */
async function lockDue({ sql }: Transaction, ids: readonly string[]): Promise<readonly DueOrder[]> {
  const rows = await sql<DueOrder & { payBy: Date | null; now: Date }>(
    `select id, status, awaited, pay_by as "payBy", clock_timestamp() as now from "order"
     where id = any ($1::uuid[]) and paid_at is null order by id for update`,
    [arrayLiteral(ids)],
  );
  return rows.filter((order) => expiresNow({ ...order, isPaid: false }, order.now));
}

/** The units that an order gives back, by item, and whether it can be taken once more. */
type Back = { readonly unitsOf: ReadonlyMap<number, number>; readonly isRetakeable: boolean };

type StoredLine = Omit<ExpiringLine, "isDeleted"> & {
  readonly orderId: string;
  readonly itemId: number;
};

/** Ends the lines of all orders, before any unit comes back: no pre-order of theirs may be served by it. */
async function endLines(
  { sql, prepared }: Transaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Back>> {
  const items = await sql<{ id: number }>(
    `select distinct item_id as id from order_line
     where order_id = any ($1::uuid[]) and holder_id is not null`,
    [arrayLiteral(ids)],
  );
  const { deleted } = await lockLevels(prepared, new Set(items.map(({ id }) => id)));
  const stored = await sql<StoredLine>(
    `select order_id as "orderId", item_id as "itemId", line, quantity, allocated,
       pre_ordered as "preOrdered", cancelled, refunded, released, restocked
     from order_line where order_id = any ($1::uuid[]) order by order_id, line for update`,
    [arrayLiteral(ids)],
  );
  const backOf = new Map<string, Back>();
  const changes: { orderId: string; line: number; cancelled: number; back: number }[] = [];
  for (const [orderId, lines] of Map.groupBy(stored, (line) => line.orderId)) {
    const { lines: expired, isRetakeable } = expireLines(
      lines.map((line) => ({ ...line, isDeleted: deleted.has(line.itemId) })),
    );
    const unitsOf = new Map<number, number>();
    for (const [index, { line, cancelled, back }] of expired.entries()) {
      changes.push({ orderId, line, cancelled, back });
      const itemId = lines[index]?.itemId;
      if (itemId !== undefined && back > 0) unitsOf.set(itemId, (unitsOf.get(itemId) ?? 0) + back);
    }
    backOf.set(orderId, { unitsOf, isRetakeable });
  }
  if (changes.length === 0) return backOf;
  await sql(
    `update order_line l set cancelled = c.cancelled, released = l.released + l.pre_ordered, pre_ordered = 0,
       restocked = l.restocked + c.back
     from unnest($1::uuid[], $2::smallint[], $3::integer[], $4::integer[])
       as c (order_id, line, cancelled, back)
     where l.order_id = c.order_id and l.line = c.line`,
    [
      arrayLiteral(changes.map(({ orderId }) => orderId)),
      arrayLiteral(changes.map(({ line }) => line)),
      arrayLiteral(changes.map(({ cancelled }) => cancelled)),
      arrayLiteral(changes.map(({ back }) => back)),
    ],
  );
  return backOf;
}

/** Writes the status of the orders, and an event of each. An order without lines can always be taken once more. */
async function endOrders(
  { sql }: Transaction,
  orders: readonly DueOrder[],
  backOf: ReadonlyMap<string, Back>,
): Promise<void> {
  await sql(
    `with expired as (
       update "order" o set status = 'expired', retakeable = e.retakeable,
         decided_at = coalesce(o.decided_at, clock_timestamp())
       from unnest($1::uuid[], $2::boolean[]) as e (id, retakeable) where o.id = e.id
     )
     insert into event (type, order_id) select 'order.expired', id from unnest($1::uuid[]) as o (id)`,
    [
      arrayLiteral(orders.map(({ id }) => id)),
      arrayLiteral(orders.map(({ id }) => String(backOf.get(id)?.isRetakeable ?? true))),
    ],
  );
}

/**
 * Gives the units of one order back to the holders of today. The levels are locked already. They are read again for each
 * order, because the order before may have changed their units and their alerts.
 */
async function giveBack(
  transaction: Transaction,
  orderId: string,
  back: Back | undefined,
): Promise<readonly AlertToCheck[]> {
  if (back === undefined || back.unitsOf.size === 0) return [];
  const { levels, holderOf } = await lockLevels(transaction.prepared, back.unitsOf.keys());
  const unitsOf = new Map<number, number>();
  for (const [itemId, units] of back.unitsOf) {
    const holderId = holderOf.get(itemId);
    if (holderId !== undefined) unitsOf.set(holderId, (unitsOf.get(holderId) ?? 0) + units);
  }
  const changes = [...unitsOf].flatMap(([levelId, change]) => {
    const level = levels.get(levelId);
    return level === undefined ? [] : [{ level, change }];
  });
  const cause = { kind: "release", orderId, actor: program, reason: null, note: null } as const;
  const { alerts } = await changeUnits(transaction, changes, cause);
  return alerts;
}
