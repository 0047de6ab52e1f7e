// A stock holder and the rules about its two levels: when it is low, when it is out of stock, and how many of its units
// can be sold. The decision on an order, availability, alerts and the admin app all use these functions.

/** The state of an open alert. `low`: still sold. `out`: nothing more is sold, or nothing is left. */
export type AlertState = "low" | "out";

/**
 * A stock holder: a variant with its own units, or a product. Both thresholds are the effective ones: for a variant
 * without its own they are the product's.
 */
export type StockHolder = {
  readonly id: number;
  readonly units: number;
  readonly tracked: boolean;
  /**
   * Whether this count is used. It is not for a deleted item, a variant that uses its product's stock, or a variant whose
   * product type no longer has variants.
   */
  readonly inUse: boolean;
  /** The stock alert threshold: at or below it the holder is low. */
  readonly threshold: number | null;
  /** So many units are kept back. null: nothing is sold at or below the stock alert threshold. */
  readonly outOfStockThreshold: number | null;
  readonly allowPreOrder: boolean;
  readonly allowNegativeStock: boolean;
  /** The open alert's state, or null if none is open. */
  readonly alert: AlertState | null;
};

/** Both thresholds of a holder. */
export type StockLevels = Pick<StockHolder, "threshold" | "outOfStockThreshold">;

/** The part of a holder that decides whether it is out of stock. */
export type StockCount = StockLevels & Pick<StockHolder, "units">;

/** A count with the settings that decide how much of it can be sold. */
export type SellableCount = StockCount &
  Pick<StockHolder, "tracked" | "inUse" | "allowPreOrder" | "allowNegativeStock">;

/** The states of a count. Of `low` units are still sold; `held-back` has units that are not sold. */
export const stockStates = ["in-stock", "low", "held-back", "none-left"] as const;

/** A state of a count. */
export type StockState = (typeof stockStates)[number];

/** Whether the units are counted. Only units that are tracked and in use can be sold or run low. */
export function isCounted(holder: Pick<StockHolder, "tracked" | "inUse">): boolean {
  return holder.tracked && holder.inUse;
}

/** The count at or below which a holder is out of stock. Never below zero. */
export function outOfStockAt({ threshold, outOfStockThreshold }: StockLevels): number {
  return Math.max(0, outOfStockThreshold ?? threshold ?? 0);
}

/**
 * The limit: the count at or below which a holder is low. It is the stock alert threshold, or the out-of-stock threshold
 * if that is higher, because what is out of stock is also low.
 */
export function limitOf(levels: StockLevels): number {
  return Math.max(outOfStockAt(levels), levels.threshold ?? 0);
}

/** Whether a tracked holder is at or below its limit. */
export function isLow(count: StockCount): boolean {
  return count.units <= limitOf(count);
}

/**
 * Whether a tracked holder is out of stock. Without an out-of-stock threshold, a product with 5 units and a stock alert
 * threshold of 5 is, as the inventory manual says.
 */
export function isOutOfStock(count: StockCount): boolean {
  return count.units <= outOfStockAt(count);
}

/**
 * How many units a holder can sell now, or null if there is no limit. An out-of-stock threshold keeps its number of units
 * back. Without one, all units can be sold while there are more than the stock alert threshold.
 */
export function sellableUnits(holder: SellableCount): number | null {
  if (!holder.tracked) return null;
  if (!holder.inUse) return 0;
  if (holder.allowNegativeStock || holder.allowPreOrder) return null;
  if (isOutOfStock(holder)) return 0;
  return holder.units - Math.max(0, holder.outOfStockThreshold ?? 0);
}

/**
 * How many units in stock can't be sold because of a threshold. Zero if pre-orders or negative stock are allowed, because
 * then all units are sold.
 */
export function heldBack(holder: SellableCount): number {
  const sellable = isCounted(holder) ? sellableUnits(holder) : null;
  return sellable === null ? 0 : Math.max(0, holder.units) - sellable;
}

/**
 * The state of a tracked holder's count. If pre-orders or negative stock are allowed, nothing is held back: the holder is
 * low until no unit is left.
 */
export function stockStateOf(holder: SellableCount): StockState {
  if (holder.units <= 0) return "none-left";
  if (isOutOfStock(holder) && heldBack(holder) > 0) return "held-back";
  return isLow(holder) ? "low" : "in-stock";
}
