// Stock levels and movements in the contract's words.

import type { Adjusted, UnitsAdjustment } from "../../db/stock/adjust-units.ts";
import type { StoredMovement } from "../../db/stock/list-movements.ts";
import { isOutOfStock, type StockCount } from "../../domain/stock/stock-holder.ts";
import type { AdjustedStockReply, MovementReply, StockLevelReply } from "../../contract/stock.ts";

/** A holder's count as the answer about one of the items that draw on it. */
export function toLevelReply(
  sku: string,
  holder: StockCount & { readonly sku: string; readonly isVariant: boolean },
): StockLevelReply {
  return {
    sku,
    holder: { kind: holder.isVariant ? "variant" : "product", sku: holder.sku },
    unitsInStock: holder.units,
    stockAlertThreshold: holder.threshold,
    outOfStock: isOutOfStock(holder),
  };
}

/** An entry of the ledger. */
export function toMovementReply(movement: StoredMovement): MovementReply {
  return { ...movement, at: movement.at.toISOString() };
}

/** What an adjustment left. */
export function toAdjustedReply(
  { sku, kind, actor, note }: UnitsAdjustment,
  { holder, movement }: Adjusted,
): AdjustedStockReply {
  const level = toLevelReply(sku, holder);
  const entry = { kind, unitsAfter: holder.units, actor, note, order: null };
  return { ...level, movement: movement === null ? null : { ...entry, ...movement } };
}
