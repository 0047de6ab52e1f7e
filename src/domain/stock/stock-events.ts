// Which events tell of a change of a stock holder's alert. They are the same for a sale, an adjustment, a receipt, an
// import and an edit.

import type { AlertTransition } from "./alert-transition.ts";
import { isCounted, type StockHolder } from "./stock-holder.ts";

/** What of a holder decides which events tell of it. `alert` is the state before the transition. */
export type ToldHolder = Pick<StockHolder, "alert" | "tracked" | "inUse"> & {
  readonly isVariant: boolean;
};

/** The events of stock that tell of a change of state, in the order in which a transition writes them. */
export const stockEventTypes = [
  "shop.productOutOfStock",
  "shop.variantOutOfStock",
  "stock.low",
  "stock.out",
  "stock.backInStock",
  "stock.recovered",
] as const;

/** The type of such an event. */
export type StockEventType = (typeof stockEventTypes)[number];

/**
 * The types of the events that a transition writes, in their order. A quiet alert is no news, and neither is one that
 * ends because its holder is not counted any more. A holder that falls through both levels at once is out, not low.
 */
export function stockEvents(transition: AlertTransition, holder: ToldHolder): StockEventType[] {
  const types: StockEventType[] = [];
  if ("wentOutOfStock" in transition && transition.wentOutOfStock)
    types.push(holder.isVariant ? "shop.variantOutOfStock" : "shop.productOutOfStock");
  switch (transition.kind) {
    case "opened":
      if (!transition.quiet) types.push(transition.state === "out" ? "stock.out" : "stock.low");
      break;
    case "worsened":
      types.push("stock.out");
      break;
    case "eased":
      types.push("stock.backInStock");
      break;
    case "ended":
      if (!isCounted(holder)) break;
      if (holder.alert === "out") types.push("stock.backInStock");
      types.push("stock.recovered");
  }
  return types;
}
