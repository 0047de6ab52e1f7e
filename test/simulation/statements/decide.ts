// What a batch of decisions executes.

/* oxlint-disable require-yield -- a statement that locks nothing waits for nothing */

import type { Execution, Row } from "../model-session.ts";
import type { StatementContext } from "../statement-context.ts";
import type { LevelRow, LineRow, OrderRow } from "../model-rows.ts";
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

/** The columns of a `LockedLevel`. */
const levelColumns = (level: LevelRow) => ({
  id: level.id,
  sku: level.sku,
  isVariant: false,
  units: level.units,
  tracked: true,
  inUse: true,
  threshold: null,
  outOfStockThreshold: 0,
  allowPreOrder: false,
  allowNegativeStock: level.allowNegativeStock,
  alert: level.alertState,
});

function* lockPending({ tables, read, lock, mutation }: StatementContext, ids: unknown): Execution {
  const rows = anyOf(ids)
    .map((id) => tables.orders.at(`order ${id}`))
    .filter((row) => read(row)?.status === "pending");
  const snapshot = new Map(rows.map((row) => [row, read(row)]));
  const locked: Row<OrderRow>[] = [];
  for (const row of rows) {
    yield* lock(row);
    // PostgreSQL looks at the row again once it has the lock.
    if (mutation === "no second look at the status" || read(row)?.status === "pending")
      locked.push(row);
  }
  return locked.flatMap((row) => {
    const order = mutation === "no second look at the status" ? snapshot.get(row) : read(row);
    if (order === undefined) return [];
    const { id, reference, requested, awaited, retaken } = order;
    return [{ id, reference, requested, awaited, retaken, waited: 0 }];
  });
}

function* lockLevels(
  { tables, read, lock, mutation, transaction }: StatementContext,
  items: unknown,
): Execution {
  const ids = [...new Set(numbers(items))];
  const sorted = ids.toSorted(ascending);
  if (mutation === "levels locked in any order" && transaction.id % 2 === 1) sorted.reverse();
  const rows = sorted
    .map((id) => tables.levels.at(`level ${id}`))
    .filter((row) => read(row) !== undefined);
  const unlocked = rows.map((row) => read(row));
  if (mutation !== "no lock of levels") for (const row of rows) yield* lock(row);
  else yield undefined;
  return rows.flatMap((row, at) => {
    const level = mutation === "no lock of levels" ? unlocked[at] : read(row);
    return level === undefined ? [] : [{ itemId: level.id, ...levelColumns(level) }];
  });
}

function* writeConfirmed(context: StatementContext, values: readonly unknown[]): Execution {
  const { tables, lock, write } = context;
  const columns = values.map(list);
  const at = (column: number, index: number): string => text(columns[column]?.[index]);
  for (const [index, id] of numbers(values[0]).entries()) {
    const alertState = textOrNull(at(2, index));
    yield* changeLevel(context, tables.levels.at(`level ${id}`), {
      units: whole(at(1, index)),
      alertState: alertState === "low" || alertState === "out" ? alertState : null,
    });
  }
  const retaken = new Set(columns[15]);
  for (const [index, levelId] of numbers(values[3]).entries()) {
    const orderId = at(6, index);
    const kind = retaken.has(orderId) ? "allocation" : "sale";
    const [change, unitsAfter] = [whole(at(4, index)), whole(at(5, index))];
    addMovement(context, { levelId, kind, change, unitsAfter, orderId });
  }
  for (const [index, orderId] of list(values[7]).entries()) {
    const row: Row<LineRow> = tables.lines.at(`line ${at(8, index)} of order ${orderId}`);
    yield* lock(row);
    write(row, {
      orderId,
      line: whole(at(8, index)),
      itemId: whole(at(9, index)),
      holderId: whole(at(10, index)),
      quantity: whole(at(11, index)),
      allocated: whole(at(12, index)),
      preOrdered: whole(at(13, index)),
      cancelled: 0,
      refunded: 0,
      released: 0,
      restocked: 0,
    });
  }
  for (const id of list(values[14])) yield* decide(context, id, "confirmed");
  return [];
}

function* decide(context: StatementContext, id: string, status: "confirmed" | "rejected") {
  const { tables, read, lock } = context;
  const row = tables.orders.at(`order ${id}`);
  yield* lock(row);
  const order = read(row);
  if (order !== undefined) changeOrder(context, row, order, { ...order, status });
}

export const decideStatements: readonly Statement[] = [
  {
    part: "select id, reference, requested, awaited, retaken",
    does: "locking pending orders",
    *run(context, [ids]) {
      return yield* lockPending(context, ids);
    },
  },
  {
    part: `select item.id as "itemId", l.id, l.sku`,
    does: "locking stock levels",
    *run(context, [items]) {
      return yield* lockLevels(context, items);
    },
  },
  {
    part: "select 'order.confirmed', id",
    does: "writing confirmed orders",
    *run(context, values) {
      return yield* writeConfirmed(context, values);
    },
  },
  {
    part: "select 'order.rejected', id",
    does: "writing rejected orders",
    *run(context, [ids]) {
      for (const id of list(ids)) yield* decide(context, id, "rejected");
      return [];
    },
  },
  {
    part: `select id from "order" where id = any ($1::uuid[])`,
    does: "looking for orders that are decided already",
    *run({ tables, read }, [ids]) {
      return anyOf(ids)
        .filter((id) => read(tables.orders.at(`order ${id}`)) !== undefined)
        .map((id) => ({ id }));
    },
  },
  {
    part: "select pg_notify",
    does: "notifying those who wait",
    *run({ notify }, [, payload]) {
      notify(text(payload));
      return [];
    },
  },
  // Lines of the log and mails name requests. The books do not, so the model's orders have none.
  {
    part: `select id, request_id as "requestId" from "order"`,
    does: "reading the requests that placed orders",
    *run() {
      return [];
    },
  },
  // Alerts have no part in the books, so the model keeps none. A level knows the state of its alert.
  ...[
    "insert into stock_alert",
    "update stock_alert",
    "insert into event (type, order_id, actor",
  ].map((part): Statement => ({
    part,
    does: "writing an alert or an event",
    *run() {
      return [];
    },
  })),
];
