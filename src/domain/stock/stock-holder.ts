// A stock holder, and the basic rules about it: whether its units are counted, its limit, and whether it is out of stock.

/** The state of an open alert. `low`: units are at or below the limit. `out`: no units are left. */
export type AlertState = "low" | "out";

/**
 * A stock holder: a variant with its own units, or a product. `threshold` is the effective one: for a variant without a
 * threshold it is the product's.
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
  readonly threshold: number | null;
  readonly sellBelowThreshold: boolean;
  readonly allowPreOrder: boolean;
  readonly allowNegativeStock: boolean;
  /** The open alert's state, or null if none is open. */
  readonly alert: AlertState | null;
};

/** The part of a holder that decides whether it is out of stock. */
export type StockCount = Pick<StockHolder, "units" | "threshold" | "sellBelowThreshold">;

/** Whether the units are counted. Only units that are tracked and in use can be sold or run low. */
export function isCounted(holder: Pick<StockHolder, "tracked" | "inUse">): boolean {
  return holder.tracked && holder.inUse;
}

/** The limit: at or below so many units a holder is low. Never below zero. */
export function limitOf(threshold: number | null): number {
  return Math.max(0, threshold ?? 0);
}

/** Whether a tracked holder is at or below its limit. */
export function isLow(count: Pick<StockCount, "units" | "threshold">): boolean {
  return count.units <= limitOf(count.threshold);
}

/**
 * Whether a tracked holder is out of stock. A product with 5 units and a threshold of 5 is, as the inventory manual
 * says. With `sellBelowThreshold` the threshold only warns.
 */
export function isOutOfStock(count: StockCount): boolean {
  return count.sellBelowThreshold ? count.units <= 0 : isLow(count);
}
