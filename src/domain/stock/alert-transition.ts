// When a low-stock alert opens, worsens and ends. One function serves sales, adjustments, restocks and
// changes of a threshold alike, so that every way to cross a limit is one crossing.

import {
  type AlertState,
  isCounted,
  isLow,
  isOutOfStock,
  type StockHolder,
} from "./stock-holder.ts";

/** What a change of a holder does to its alert. */
export type AlertTransition =
  | {
      readonly kind: "opened";
      readonly state: AlertState;
      /** Whether this is the moment at which the holder went out of stock. */
      readonly wentOutOfStock: boolean;
    }
  | { readonly kind: "escalated"; readonly wentOutOfStock: boolean }
  | { readonly kind: "ended" };

/**
 * Compares a holder before and after a change. An alert opens when a tracked holder goes from above its
 * limit to at or below it, escalates once when the last unit goes, and ends when units rise above the
 * limit, tracking stops or the holder goes out of use. A holder that starts out low, or is low when tracking or
 * use starts, opens none.
 */
export function alertTransition(before: StockHolder, after: StockHolder): AlertTransition | null {
  const lowAfter = isCounted(after) && isLow(after);
  const wentOutOfStock = isOutOfStock(after) && !isOutOfStock(before);
  if (before.alert !== null) {
    if (!lowAfter) return { kind: "ended" };
    const lastUnitWent = before.alert === "low" && after.units <= 0;
    return lastUnitWent ? { kind: "escalated", wentOutOfStock } : null;
  }
  const crossed = isCounted(before) && !isLow(before) && lowAfter;
  return crossed
    ? { kind: "opened", state: after.units <= 0 ? "out" : "low", wentOutOfStock }
    : null;
}

/** The alert state that a holder has once the transition is applied. */
export function alertAfter(
  before: AlertState | null,
  transition: AlertTransition | null,
): AlertState | null {
  if (transition === null) return before;
  if (transition.kind === "ended") return null;
  return transition.kind === "opened" ? transition.state : "out";
}
