// The states of an alert in the words of the admin app.

import { stateWords } from "../../domain/stock/stock-words.ts";

/** A state. `held-back`: the units that are left are not sold, because a threshold holds them back. */
export type AlertWording = "low" | "held-back" | "none-left";

/** The badge of each state. */
export const alertWords = {
  low: { color: "orange", badge: stateWords.low },
  "held-back": { color: "red", badge: stateWords["held-back"] },
  "none-left": { color: "red", badge: stateWords["none-left"] },
} as const satisfies Record<AlertWording, unknown>;

/** The state of an alert, or of one of its news, with so many units. */
export function stateOf({
  state,
  unitsInStock,
}: {
  readonly state: "low" | "out";
  readonly unitsInStock: number;
}): AlertWording {
  if (state === "low") return "low";
  return unitsInStock > 0 ? "held-back" : "none-left";
}
