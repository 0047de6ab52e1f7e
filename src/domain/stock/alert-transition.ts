// Decides when a low-stock alert opens, worsens, eases and ends. Sales, adjustments, restocks, imports and changes of the
// catalogue all use this one rule.

import {
  type AlertState,
  isCounted,
  isOutOfStock,
  type StockHolder,
  stockStateOf,
} from "./stock-holder.ts";

/**
 * What a change of a holder does to its alert. `wentOutOfStock`: whether this change made the holder out of stock.
 * `quiet`: the holder was low when counting began, so the alert is shown but is no news.
 */
export type AlertTransition =
  | {
      readonly kind: "opened";
      readonly state: AlertState;
      readonly wentOutOfStock: boolean;
      readonly quiet: boolean;
    }
  | { readonly kind: "worsened"; readonly wentOutOfStock: boolean }
  | { readonly kind: "eased" }
  | { readonly kind: "ended" };

/**
 * The state that the alert of a holder must have; null if none may be open. `out`: its count serves no order any more,
 * because a threshold holds its units back or none is left. A holder with pre-orders or negative stock is sold until its
 * last unit goes, and is only low before that.
 */
export function alertStateOf(holder: StockHolder): AlertState | null {
  if (!isCounted(holder)) return null;
  const state = stockStateOf(holder);
  if (state === "in-stock") return null;
  return state === "low" ? "low" : "out";
}

/**
 * Compares a holder before and after a change; null if its alert does not change. `before` is null if the holder is new.
 *
 * The alert opens and worsens when the holder's state does. It eases from `out` to `low` when units rise above the lower
 * level, and ends when they rise above the upper one, or when the holder is no longer counted. That the last unit goes
 * after a threshold has stopped the sales changes nothing: the holder was not sold before either.
 */
export function alertTransition(
  before: StockHolder | null,
  after: StockHolder,
): AlertTransition | null {
  const open = before?.alert ?? null;
  const state = alertStateOf(after);
  if (state === open) return null;
  if (state === null) return { kind: "ended" };
  const earlier = before === null ? null : alertStateOf(before);
  const wentOutOfStock =
    before !== null && isCounted(before) && isOutOfStock(after) && !isOutOfStock(before);
  if (open !== null)
    return state === "out" ? { kind: "worsened", wentOutOfStock } : { kind: "eased" };
  // A holder that was low already, without an alert, gets a quiet one, unless this change made it worse.
  const quiet = before === null || !isCounted(before) || earlier === state || earlier === "out";
  return { kind: "opened", state, wentOutOfStock, quiet };
}

/** The alert state of a holder after the transition. */
export function alertAfter(
  before: AlertState | null,
  transition: AlertTransition | null,
): AlertState | null {
  switch (transition?.kind) {
    case undefined:
      return before;
    case "opened":
      return transition.state;
    case "worsened":
      return "out";
    case "eased":
      return "low";
    case "ended":
      return null;
  }
}
