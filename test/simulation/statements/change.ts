// What changes decided orders and counts: payment, expiry, cancellation, adjustment.

/* oxlint-disable require-yield -- a statement that locks nothing waits for nothing */

import type { Execution, Row } from "../model-session.ts";
import type { StatementContext } from "../statement-context.ts";
import type { LineRow, OrderRow } from "../model-rows.ts";
import { type OrderStatus, orderStatuses } from "../../../src/domain/order/order-status.ts";
import {
  anyOf,
  ascending,
  list,
  numbers,
  type Statement,
  text,
  textOrNull,
  whole,
} from "./statement.ts";
import { addMovement, changeLevel, changeOrder } from "./writes.ts";

const orderRow = ({ tables }: StatementContext, id: unknown): Row<OrderRow> =>
  tables.orders.at(`order ${text(id)}`);

/** The lines of orders, in ascending order and line. */
function linesOf({ tables, read }: StatementContext, ids: readonly string[]): Row<LineRow>[] {
  const wanted = new Set(ids);
  return [...tables.lines.all()]
    .filter((row) => wanted.has(read(row)?.orderId ?? ""))
    .toSorted((a, b) => {
      const [one, other] = [read(a), read(b)];
      return (
        ascending(one?.orderId ?? "", other?.orderId ?? "") || (one?.line ?? 0) - (other?.line ?? 0)
      );
    });
}

function* setOrder(context: StatementContext, id: unknown, change: Partial<OrderRow>) {
  const row = orderRow(context, id);
  yield* context.lock(row);
  const order = context.read(row);
  if (order !== undefined) changeOrder(context, row, order, { ...order, ...change });
}

const lineColumns = (line: LineRow) => ({ ...line, sku: `ITEM-${line.itemId}` });

function* lockOneLevel({ tables, read, lock }: StatementContext, sku: unknown): Execution {
  const row = [...tables.levels.all()].find((candidate) => read(candidate)?.sku === sku);
  if (row === undefined) return [];
  yield* lock(row);
  return [{ id: read(row)?.id ?? 0 }];
}

function* moveUnits(context: StatementContext, values: readonly unknown[]): Execution {
  const [, , levels, kinds, changes, counts, orders] = values;
  const [kindOf, changeOf, countOf, orderOf] = [kinds, changes, counts, orders].map(list);
  const written: { id: string; at: string; levelId: number }[] = [];
  for (const [index, levelId] of list(levels).entries()) {
    const unitsAfter = whole(countOf?.[index]);
    const row = context.tables.levels.at(`level ${text(levelId)}`);
    yield* changeLevel(context, row, { units: unitsAfter });
    const orderId = orderOf?.[index];
    addMovement(context, {
      levelId: whole(levelId),
      kind: text(kindOf?.[index]),
      change: whole(changeOf?.[index]),
      unitsAfter,
      orderId: orderId === "NULL" ? null : textOrNull(orderId),
    });
    const at = new Date(context.now).toISOString();
    written.push({ id: String(index + 1), at, levelId: whole(levelId) });
  }
  return written;
}

/** Expiry: locks the orders that are not paid. */
function* lockUnpaid(context: StatementContext, ids: unknown): Execution {
  const { read, lock, mutation } = context;
  const rows = anyOf(ids)
    .map((id) => orderRow(context, id))
    .filter((row) => read(row)?.paidAt === null);
  const snapshot = rows.map((row) => read(row));
  for (const row of rows) yield* lock(row);
  return rows.flatMap((row, at) => {
    const order = mutation === "expires what was paid meanwhile" ? snapshot[at] : read(row);
    if (order === undefined || order.paidAt !== null) return [];
    const payBy = order.payBy === null ? null : new Date(order.payBy);
    return [
      {
        id: order.id,
        status: order.status,
        awaited: order.awaited,
        payBy,
        now: new Date(context.now),
      },
    ];
  });
}

function* endLines(context: StatementContext, values: readonly unknown[]): Execution {
  const { tables, read, lock, write } = context;
  const [orders = [], lines = [], cancelled = [], back = []] = values.map(list);
  for (const [at, orderId] of orders.entries()) {
    const row = tables.lines.at(`line ${lines[at]} of order ${orderId}`);
    yield* lock(row);
    const line = read(row);
    if (line === undefined) continue;
    write(row, {
      ...line,
      cancelled: whole(cancelled[at]),
      released: line.released + line.preOrdered,
      preOrdered: 0,
      restocked: line.restocked + whole(back[at]),
    });
  }
  return [];
}

function* changeLines(context: StatementContext, values: readonly unknown[]): Execution {
  const { tables, read, lock, write } = context;
  const [lines = [], cancelled = [], refunded = [], released = [], restocked = []] = values
    .slice(1)
    .map(numbers);
  for (const [at, number] of lines.entries()) {
    const row = tables.lines.at(`line ${number} of order ${text(values[0])}`);
    yield* lock(row);
    const line = read(row);
    if (line === undefined) continue;
    write(row, {
      ...line,
      cancelled: line.cancelled + (cancelled[at] ?? 0),
      refunded: line.refunded + (refunded[at] ?? 0),
      released: line.released + (released[at] ?? 0),
      preOrdered: line.preOrdered - (released[at] ?? 0),
      restocked: line.restocked + (restocked[at] ?? 0),
    });
  }
  return [];
}

function statusOf(value: unknown): OrderStatus {
  const status = orderStatuses.find((one) => one === value);
  if (status === undefined) throw new Error(`Expected the status of an order; got ${text(value)}.`);
  return status;
}

export const changeStatements: readonly Statement[] = [
  {
    part: `select status, paid_at is not null as "isPaid", retakeable`,
    does: "locking an order that is paid",
    *run(context, [id]) {
      const row = orderRow(context, id);
      if (context.read(row) === undefined) return [];
      yield* context.lock(row);
      const order = context.read(row);
      if (order === undefined) return [];
      const { status, paidAt, retakeable, reference, requested } = order;
      return [
        {
          status,
          isPaid: paidAt !== null,
          isRetakeable: retakeable,
          reference,
          lines: requested.length,
        },
      ];
    },
  },
  {
    part: `update "order" set paid_at = clock_timestamp() where id = $1`,
    does: "marking an order as paid",
    *run(context, [id]) {
      yield* setOrder(context, id, { paidAt: context.now });
      return [];
    },
  },
  {
    part: "delete from order_line where order_id = $1",
    does: "deleting the lines of an expired order",
    *run(context, [id]) {
      const rows = linesOf(context, [text(id)]);
      for (const row of rows) {
        yield* context.lock(row);
        context.write(row, undefined);
      }
      return rows.map((_row, line) => ({ line }));
    },
  },
  {
    part: `update "order" set status = 'pending', paid_at = clock_timestamp()`,
    does: "making a paid order pending",
    *run(context, [id, jobId, awaited, retaken]) {
      yield* setOrder(context, id, {
        status: "pending",
        paidAt: context.now,
        jobId: text(jobId),
        awaited: awaited === true || awaited === "true",
        retakeable: false,
        retaken: retaken === true || retaken === "true",
      });
      return [];
    },
  },
  {
    part: "select id, status, awaited, pay_by",
    does: "locking orders that are due",
    *run(context, [ids]) {
      return yield* lockUnpaid(context, ids);
    },
  },
  {
    part: "select distinct item_id as id from order_line",
    does: "reading the items of orders that are due",
    *run(context, [ids]) {
      const items = linesOf(context, list(ids)).map((row) => context.read(row)?.itemId ?? 0);
      return [...new Set(items)].map((id) => ({ id }));
    },
  },
  {
    part: `select order_id as "orderId", item_id as "itemId", line, quantity`,
    does: "locking the lines of orders that are due",
    *run(context, [ids]) {
      const rows = linesOf(context, list(ids));
      for (const row of rows) yield* context.lock(row);
      return rows.flatMap((row) => context.read(row) ?? []);
    },
  },
  {
    part: "update order_line l set cancelled = c.cancelled, released",
    does: "ending the lines of orders that are due",
    *run(context, values) {
      return yield* endLines(context, values);
    },
  },
  {
    part: "set status = 'expired'",
    does: "ending orders that are due",
    *run(context, [ids, retakeable]) {
      const may = list(retakeable);
      for (const [at, id] of list(ids).entries()) {
        yield* setOrder(context, id, { status: "expired", retakeable: may[at] === "true" });
      }
      return [];
    },
  },
  {
    part: `as "dueInMs"`,
    does: "looking why an order did not expire",
    *run(context, [id]) {
      const order = context.read(orderRow(context, id));
      if (order === undefined) return [];
      const dueInMs = order.payBy === null ? null : order.payBy - context.now;
      return [{ status: order.status, isPaid: order.paidAt !== null, dueInMs }];
    },
  },
  {
    part: `select status from "order" where id = $1 for update`,
    does: "locking an order",
    *run(context, [id]) {
      const row = orderRow(context, id);
      if (context.read(row) === undefined) return [];
      yield* context.lock(row);
      return [{ status: context.read(row)?.status ?? null }];
    },
  },
  {
    part: "select type from event where order_id = $1",
    does: "looking for the event that ended an order",
    *run() {
      return [];
    },
  },
  {
    part: `update "order" set status = $2, decided_at`,
    does: "ending an order",
    *run(context, [id, status]) {
      yield* setOrder(context, id, { status: statusOf(status) });
      return [];
    },
  },
  {
    part: "from order_line l join stock_level s on s.id = l.item_id where l.order_id = $1",
    does: "reading or locking the lines of an order",
    *run(context, [id, lines]) {
      const wanted = lines === undefined ? null : new Set(numbers(lines));
      const rows = linesOf(context, [text(id)]).filter(
        (row) => wanted?.has(context.read(row)?.line ?? -1) ?? true,
      );
      if (wanted !== null) for (const row of rows) yield* context.lock(row);
      return rows.flatMap((row) => {
        const line = context.read(row);
        return line === undefined ? [] : [lineColumns(line)];
      });
    },
  },
  {
    part: "update order_line l set cancelled = l.cancelled + c.cancelled",
    does: "changing the lines of an order",
    *run(context, values) {
      return yield* changeLines(context, values);
    },
  },
  {
    part: "$13::bigint[]) with ordinality",
    does: "moving units",
    *run(context, values) {
      return yield* moveUnits(context, values);
    },
  },
  {
    part: "update stock_level set alert_state = $2",
    does: "writing the state of an alert",
    *run(context, [id, state]) {
      const alertState = state === "low" || state === "out" ? state : null;
      yield* changeLevel(context, context.tables.levels.at(`level ${text(id)}`), { alertState });
      return [];
    },
  },
  {
    part: "select l.id from stock_level item join stock_level l on l.id = coalesce",
    does: "locking the level of an SKU",
    *run(context, [sku]) {
      return yield* lockOneLevel(context, sku);
    },
  },
  {
    part: "as incoming",
    does: "reading the level of an SKU",
    *run({ tables, read }, [sku]) {
      const level = [...tables.levels.all()]
        .map((row) => read(row))
        .find((one) => one?.sku === sku);
      if (level === undefined) return [];
      const { alertState: alert, ...columns } = level;
      return [
        {
          ...columns,
          alert,
          isVariant: false,
          tracked: true,
          inUse: true,
          threshold: null,
          outOfStockThreshold: 0,
          allowPreOrder: false,
          incoming: null,
        },
      ];
    },
  },
  ...["l.variant_required and not exists", `select waiting.id as "itemId"`].map(
    (part): Statement => ({
      part,
      does: "looking for pre-orders or unsold counts",
      *run() {
        return [];
      },
    }),
  ),
  {
    part: "insert into idempotent_request",
    does: "claiming the key of a request",
    *run({ tables, read, lock, write }, [actor, key, fingerprint]) {
      const row = tables.keys.at(`key ${text(actor)} ${text(key)}`);
      yield* lock(row);
      const stored = read(row);
      if (stored === undefined) write(row, { fingerprint: text(fingerprint), response: "null" });
      const response: unknown = JSON.parse(stored?.response ?? "null");
      return [{ isSameRequest: (stored?.fingerprint ?? fingerprint) === fingerprint, response }];
    },
  },
  {
    part: "update idempotent_request set response",
    does: "keeping the response of a request with a key",
    *run({ tables, read, lock, write }, [actor, key, response]) {
      const row = tables.keys.at(`key ${text(actor)} ${text(key)}`);
      yield* lock(row);
      const stored = read(row);
      if (stored !== undefined) write(row, { ...stored, response: text(response) });
      return [];
    },
  },
];
