// What the rules need to know about a stock holder, and the questions asked of it everywhere: whether its units
// count, where its limit lies, and whether it is out of stock.

/** How far an open alert has gone: units at or below the limit, or none left. */
export type AlertState = "low" | "out";

/**
 * A stock holder as the rules see it: the variant where it has units of its own, else its product.
 * `threshold` is the one in force, a variant's empty one already replaced by its product's.
 */
export type StockHolder = {
  readonly id: number;
  readonly units: number;
  readonly tracked: boolean;
  /**
   * Whether people see this count. They don't see that of a deleted item, of a variant that draws on its
   * product's stock, or of a variant whose type has no variants any more.
   */
  readonly inUse: boolean;
  readonly threshold: number | null;
  readonly sellBelowThreshold: boolean;
  readonly allowPreOrder: boolean;
  readonly allowNegativeStock: boolean;
  /** The open alert's state, or null where none is open. */
  readonly alert: AlertState | null;
};

/** The part of a holder that decides whether it is out of stock. */
export type StockCount = Pick<StockHolder, "units" | "threshold" | "sellBelowThreshold">;

/** Whether the units mean anything: only those that are tracked and that people see can be sold or run low. */
export function isCounted(holder: Pick<StockHolder, "tracked" | "inUse">): boolean {
  return holder.tracked && holder.inUse;
}

/** The number of units at or below which a holder counts as low; never below zero. */
export function limitOf(threshold: number | null): number {
  return Math.max(0, threshold ?? 0);
}

/** Whether a tracked holder is at or below its limit. */
export function isLow(count: Pick<StockCount, "units" | "threshold">): boolean {
  return count.units <= limitOf(count.threshold);
}

/**
 * Whether a tracked holder sells nothing more. A product with 5 units and a threshold of 5 is out of
 * stock, as the inventory manual says; `sellBelowThreshold` makes the threshold a mere warning.
 */
export function isOutOfStock(count: StockCount): boolean {
  return count.sellBelowThreshold ? count.units <= 0 : isLow(count);
}
