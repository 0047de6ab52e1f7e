// What several statements write: orders with their status, and levels with their ledger.

import type { StatementContext } from "../statement-context.ts";
import type { LevelRow, MovementRow, OrderRow } from "../model-rows.ts";
import type { Row } from "../model-session.ts";
import { sqlError } from "../sql-error.ts";

/** Writes a locked order, and the change of its status to the log of the commits. */
export function changeOrder(
  { tables, transaction, write, note }: StatementContext,
  row: Row<OrderRow>,
  before: OrderRow | null,
  after: OrderRow,
): void {
  write(row, after);
  if (before?.status === after.status) return;
  const { id: orderId, reference, status } = after;
  transaction.onCommit.push(() => {
    note(`  order ${reference} is ${status} now`);
    tables.committed.push({
      is: "status",
      transaction: transaction.id,
      orderId,
      before: before?.status ?? null,
      after: status,
    });
  });
}

/** Writes a level. Whoever does so without its lock acquires it, as an UPDATE does. */
export function* changeLevel(
  { lock, read, write }: StatementContext,
  row: Row<LevelRow>,
  change: Partial<LevelRow>,
): ReturnType<StatementContext["lock"]> {
  yield* lock(row);
  const level = read(row);
  if (level === undefined) return;
  const after = { ...level, ...change };
  if (after.units < 0 && !after.allowNegativeStock) {
    throw sqlError("23514", "violates check constraint stock_level_not_below_zero");
  }
  write(row, after);
}

/** Adds an entry to the ledger. */
export function addMovement(
  { tables, transaction, note }: StatementContext,
  movement: Omit<MovementRow, "transaction">,
): void {
  const { levelId, kind, change, unitsAfter } = movement;
  transaction.onCommit.push(() => {
    note(`  level ${levelId} has ${unitsAfter} units now, by a ${kind} of ${change}`);
    tables.committed.push({ is: "movement", transaction: transaction.id, ...movement });
  });
}
