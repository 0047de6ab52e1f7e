// The state of a stock level, as a badge.

import { Badge, Tooltip } from "@mantine/core";
import { number } from "../words/numbers.ts";
import type { Holder, StockState } from "./stock-holders.ts";

const looks = {
  low: { color: "orange", words: "Low" },
  unsold: { color: "red", words: "Out of stock" },
  "none-left": { color: "red", words: "None left" },
} as const satisfies Record<Exclude<StockState, "in-stock">, unknown>;

/** The badge; nothing if there is enough stock. */
export function StockBadge({ holder }: { holder: Pick<Holder, "state" | "limit" | "units"> }) {
  const { state, limit } = holder;
  if (state === "in-stock") return null;
  const { color, words } = looks[state];
  const badge = (
    <Badge color={color} variant="light" size="sm" style={{ flexShrink: 0 }}>
      {words}
    </Badge>
  );
  if (state === "none-left") return badge;
  const why =
    state === "low"
      ? `At or below its threshold of ${number(limit)}; still sold.`
      : `At or below its threshold of ${number(limit)}: nothing more is sold.`;
  return <Tooltip label={why}>{badge}</Tooltip>;
}
