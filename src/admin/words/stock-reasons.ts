// The reasons of changed counts, with their texts, and which of them fit what somebody does.

import type { StockReason } from "../../domain/stock/stock-reason.ts";
import { stockReasons } from "./en/stock-reasons.ts";

/** The text of each reason. */
export const reasonWords = stockReasons;

/** The reasons that fit each act, the usual one first. */
export const fittingReasons = {
  add: ["receipt", "return", "found", "correction"],
  take: ["damage", "loss", "theft", "correction"],
  set: ["count", "found", "damage", "loss", "theft", "correction"],
  putBack: ["return", "found", "correction"],
} as const satisfies Record<string, readonly StockReason[]>;

/** The choices of a field for these reasons. */
export function reasonChoices(
  reasons: readonly StockReason[],
): { value: StockReason; label: string }[] {
  return reasons.map((value) => ({ value, label: reasonWords[value] }));
}
