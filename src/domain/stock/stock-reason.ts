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

/** The reason for which units of an order come back, if nobody names another. */
export const returnReason = "return" satisfies StockReason;

/** The reason of an adjustment that names none: it follows from what was sent. A mere difference does not say why. */
export function defaultReason(
  kind: "adjustment" | "receipt" | "import",
  request: { readonly delta: number } | { readonly set: number },
): StockReason | null {
  if (kind === "receipt") return "receipt";
  return "set" in request ? "count" : null;
}
