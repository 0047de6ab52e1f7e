// Why somebody changed a count.

/** Every reason of a change by hand. */
export const stockReasons = [
  "count",
  "receipt",
  "return",
  "found",
  "damage",
  "loss",
  "theft",
  "correction",
] as const;

/** Why somebody changed a count. `count`: a stocktaking. `correction`: an entry was wrong. */
export type StockReason = (typeof stockReasons)[number];
