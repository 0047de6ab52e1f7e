// Turns stock levels and movements into replies.

import type { Adjusted } from "../../db/stock/adjust-units.ts";
import type { ClosedLedger } from "../../db/closing/read-closed-ledger.ts";
import type { StoredMovement } from "../../db/stock/list-movements.ts";
import {
  heldBack,
  isOutOfStock,
  type SellableCount,
  sellableUnits,
  stockStateOf,
} from "../../domain/stock/stock-holder.ts";
import type { AdjustedStockReply, MovementReply, StockLevelReply } from "../../contract/stock.ts";

/** The reply for an item: the count of its stock holder. */
export function toLevelReply(
  sku: string,
  holder: SellableCount & { readonly sku: string; readonly isVariant: boolean },
): Omit<StockLevelReply, "incoming"> {
  return {
    sku,
    holder: { kind: holder.isVariant ? "variant" : "product", sku: holder.sku },
    unitsInStock: holder.units,
    stockAlertThreshold: holder.threshold,
    outOfStockThreshold: holder.outOfStockThreshold,
    outOfStock: isOutOfStock(holder),
    available: sellableUnits(holder),
    heldBack: heldBack(holder),
    stockState: stockStateOf(holder),
  };
}

/** An entry of the ledger. */
export function toMovementReply(movement: StoredMovement): MovementReply {
  return { ...movement, at: movement.at.toISOString() };
}

/** What is gone from a ledger, as a reply has it. */
export const toClosedReply = (closed: ClosedLedger | null) =>
  closed === null ? null : { ...closed, before: closed.before.toISOString() };

/** An adjustment or an undo that was made, as far as its movement tells it. */
export type MadeChange = Pick<MovementReply, "kind" | "actor" | "reason" | "note"> & {
  readonly sku: string;
  readonly isCount?: boolean;
  readonly undoes?: string | null;
};

/** The reply to an adjustment. If pre-orders took units of it, the level has fewer than the movement left. */
export function toAdjustedReply(
  { sku, isCount = false, undoes = null, ...made }: MadeChange,
  { holder, movement }: Adjusted,
): AdjustedStockReply {
  const level = toLevelReply(sku, holder);
  if (movement === null) return { ...level, movement };
  const { unitsAfter = holder.units } = movement;
  const countedUnits = isCount ? unitsAfter : null;
  const entry = { unitsAfter, ...made, order: null, countedUnits, undoes, undoneBy: null };
  return { ...level, movement: { ...movement, ...entry } };
}
