// Builds stock holders for tests: a plain tracked holder, of which a test names only what it is about.

import type { StockHolder } from "../../../src/domain/stock/stock-holder.ts";

/** A tracked holder with 10 units, no threshold and no exceptions, changed as asked. */
export function buildHolder(changes: Partial<StockHolder> = {}): StockHolder {
  return {
    id: 1,
    units: 10,
    tracked: true,
    inUse: true,
    threshold: null,
    outOfStockThreshold: null,
    allowPreOrder: false,
    allowNegativeStock: false,
    alert: null,
    ...changes,
  };
}

/** The map by id that the planner takes. */
export function holdersById(...holders: readonly StockHolder[]): ReadonlyMap<number, StockHolder> {
  return new Map(holders.map((holder) => [holder.id, holder]));
}
