// The state of a product's counts, in words, at the top of its page.

import { Group, Stack, Text } from "@mantine/core";
import { counts as text } from "../words/en/products/counts.ts";
import type { Product } from "./product-queries.ts";
import { StockBadge, stateSentence } from "./stock-badge.tsx";
import { type Holder, holdersOf } from "./stock-holders.ts";

/** Counts that are shown. A product may have a thousand variants. */
const shownMax = 6;

/** The counts that are not simply in stock; one line that says so if all are. */
export function StockStates({ product }: { product: Product }) {
  const holders = holdersOf(product);
  if (holders.length === 0) return null;
  const [only, ...others] = holders;
  const needy = holders.filter(({ state }) => state !== "in-stock");
  if (needy.length === 0) {
    const words =
      others.length === 0 ? text.states.inStock(only?.units ?? 0) : text.states.allInStock;
    return <InStock words={words} />;
  }
  return (
    <Stack gap={4} aria-label={text.states.title} role="group">
      {needy.slice(0, shownMax).map((holder) => (
        <StateLine key={holder.sku} holder={holder} />
      ))}
      {needy.length > shownMax && (
        <Text size="sm" c="dimmed">
          {text.states.more(needy.length - shownMax)}
        </Text>
      )}
    </Stack>
  );
}

function InStock({ words }: { words: string }) {
  return (
    <Text size="sm" c="dimmed">
      {words}
    </Text>
  );
}

/** The state of one count in a line. */
export function StateLine({ holder }: { holder: Holder }) {
  const { label, units, state } = holder;
  const name = label !== "" && (
    <Text size="sm" fw={600}>
      {label}
    </Text>
  );
  if (state === "in-stock") {
    return (
      <Group gap={6}>
        {name}
        <InStock words={text.states.inStock(units)} />
      </Group>
    );
  }
  return (
    <Group gap={6}>
      <StockBadge holder={holder} />
      {name}
      <Text size="sm" c="dimmed">
        {state === "low" && text.states.withUnits(units, stateSentence(holder))}
        {state === "held-back" && stateSentence(holder)}
      </Text>
    </Group>
  );
}
