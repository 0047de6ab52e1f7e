// Decides when a low-stock alert opens, escalates and ends. Sales, adjustments, restocks and changes of a threshold all
// use this one rule.

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
      /** Whether this change made the holder out of stock. */
      readonly wentOutOfStock: boolean;
    }
  | { readonly kind: "escalated"; readonly wentOutOfStock: boolean }
  | { readonly kind: "ended" };

/**
 * Compares a holder before and after a change; null if its alert does not change. An alert opens when a counted holder
 * falls to its limit or below. It escalates once, when no units are left. It ends when units rise above the limit, or
 * when the holder is no longer counted. A holder that is low when counting starts opens no alert.
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

/** The alert state of a holder after the transition. */
export function alertAfter(
  before: AlertState | null,
  transition: AlertTransition | null,
): AlertState | null {
  if (transition === null) return before;
  if (transition.kind === "ended") return null;
  return transition.kind === "opened" ? transition.state : "out";
}
