// Changes counts other than by a sale: an adjustment, an import, a receipt, a restock or a release. It writes the levels
// and their movements under the levels' locks, serves the pre-orders that wait for the units, and settles the alerts.

import type { MovementKind } from "../../domain/stock/movement-kind.ts";
import type { StockReason } from "../../domain/stock/stock-reason.ts";
import type { AlertToCheck } from "../alerts/record-transition.ts";
import { settleAlerts } from "../alerts/settle-alerts.ts";
import { servePreOrders } from "../orders/serve-pre-orders.ts";
import type { Transaction } from "../sql/transaction.ts";
import type { LockedLevel } from "./locked-level.ts";
import { moveUnits, type WrittenMovement } from "./move-units.ts";

/** A change of a locked level, by so many units. `change` is not 0. */
export type UnitsChange = { readonly level: LockedLevel; readonly change: number };

/** What changes the counts, and for whom. `orderId` is given for the kinds that belong to an order. */
export type UnitsCause = {
  readonly kind: Exclude<MovementKind, "sale" | "allocation">;
  readonly orderId?: string;
  readonly actor: string;
  readonly reason: StockReason | null;
  readonly note: string | null;
  /** Whether the counts after the changes were counted by somebody. */
  readonly isCount?: boolean;
  /** The id of the movement that this undoes. Give it with the change of one level only. */
  readonly undoes?: string;
};

/**
 * A changed level as it is now, and its movement. If pre-orders took units after the movement, the level has fewer than
 * `unitsAfter`.
 */
export type ChangedLevel = {
  readonly level: LockedLevel;
  readonly movement: WrittenMovement & { readonly unitsAfter: number };
};

/** What was written, in the order of the changes, and the alerts that need a check after the commit. */
export type ChangedUnits = {
  readonly changed: readonly ChangedLevel[];
  readonly alerts: readonly AlertToCheck[];
};

/**
 * Changes the counts of levels that the transaction has locked; each level may be given once. Units that come in go to
 * waiting pre-orders first. Alerts compare each level before the change with what is left after that, so none ends only
 * to open again. Rejects with SQLSTATE 23514 if a count would fall below zero and may not.
 *
 * Lock every level that the transaction changes before, and call this once for all of them: it locks order lines, which
 * come after levels.
 */
export async function changeUnits(
  { sql }: Pick<Transaction, "sql">,
  changes: readonly UnitsChange[],
  { orderId, ...cause }: UnitsCause,
): Promise<ChangedUnits> {
  const order = orderId === undefined ? {} : { orderId };
  const moves = changes.map(({ level, change }) => {
    const unitsAfter = level.units + change;
    return { levelId: level.id, change, unitsAfter, ...order, ...cause };
  });
  const movements = await moveUnits(sql, moves);
  const moved = changes.map(({ level }, index): ChangedLevel => {
    const [move, movement] = [moves[index], movements[index]];
    if (move === undefined || movement === undefined) throw new Error(noMovement(level));
    const { unitsAfter } = move;
    return { level: { ...level, units: unitsAfter }, movement: { ...movement, unitsAfter } };
  });
  const { levels } = await servePreOrders(
    sql,
    moved.map(({ level }) => level),
    cause,
  );
  const changed = moved.map((entry, index) => ({ ...entry, level: levels[index] ?? entry.level }));
  const settled = changes.map(({ level }, index) => ({
    before: level,
    after: changed[index]?.level ?? level,
  }));
  const alerts = await settleAlerts(sql, settled, { ...order, actor: cause.actor });
  return { changed, alerts };
}

const noMovement = ({ sku }: LockedLevel): string => `Expected a movement of ${sku}; got none.`;
