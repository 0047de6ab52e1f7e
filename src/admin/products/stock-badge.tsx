// The state of a stock level, as a badge.

import { Badge, Tooltip } from "@mantine/core";
import { counts as text } from "../words/en/products/counts.ts";
import { number } from "../words/numbers.ts";
import type { StockState } from "../../domain/stock/stock-holder.ts";
import { heldBackWords, stateWords } from "../../domain/stock/stock-words.ts";
import type { Holder } from "./stock-holders.ts";

const colors = {
  "in-stock": "teal",
  low: "orange",
  "held-back": "red",
  "none-left": "red",
} as const satisfies Record<StockState, string>;

/** What of a holder its badge shows. */
type BadgeHolder = Pick<Holder, "state" | "limit" | "units" | "outOfStockAt" | "heldBack">;

/** The badge; nothing if there is enough stock. */
export function StockBadge({ holder }: { holder: BadgeHolder }) {
  const { state } = holder;
  if (state === "in-stock") return null;
  const badge = (
    <Badge color={colors[state]} variant="light" size="sm" style={{ flexShrink: 0 }}>
      {stateWords[state]}
    </Badge>
  );
  return state === "none-left" ? badge : <Tooltip label={stateSentence(holder)}>{badge}</Tooltip>;
}

/** What the state of a count means, in a sentence. */
export function stateSentence(holder: BadgeHolder): string {
  const { state, limit, units, outOfStockAt, heldBack } = holder;
  switch (state) {
    case "in-stock":
      return text.state.inStock;
    case "low":
      return text.state.low(limit);
    case "held-back":
      return `${heldBackWords({ unitsInStock: units, heldBack, outOfStockAt }, number)}.`;
    case "none-left":
      return text.state.noneLeft;
  }
}
