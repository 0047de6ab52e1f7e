// The counts of one product in the product list, each with its state and the button to adjust it.

import { Anchor, Group, Stack, Text } from "@mantine/core";
import { Link } from "react-router";
import { useMay } from "../session/session.ts";
import { counts as text } from "../words/en/products/counts.ts";
import { number } from "../words/numbers.ts";
import { AdjustStock } from "./adjust-stock.tsx";
import { type Product, productAddress } from "./product-queries.ts";
import { StockBadge } from "./stock-badge.tsx";
import { type Holder, holdersOf } from "./stock-holders.ts";
import classes from "./products.module.css";

/** Counts shown in the list. The rest are on the product's page. */
const shownMax = 4;

/** The counts. */
export function StockCell({ product }: { product: Product }) {
  const holders = holdersOf(product);
  if (holders.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {text.untracked}
      </Text>
    );
  }
  const left = holders.length - shownMax;
  return (
    <Stack gap={2} className={classes["counts"] ?? ""}>
      {holders.slice(0, shownMax).map((holder) => (
        <Count key={holder.sku} holder={holder} />
      ))}
      {left > 0 && (
        <Anchor component={Link} to={productAddress(product.sku)} size="sm" ta="right">
          {text.more(left)}
        </Anchor>
      )}
    </Stack>
  );
}

function Count({ holder }: { holder: Holder }) {
  const may = useMay();
  const { label, units } = holder;
  return (
    <Group gap={6} wrap="nowrap" justify="flex-end">
      {label !== "" && (
        <Text size="sm" c="dimmed" truncate maw={160}>
          {label}
        </Text>
      )}
      <StockBadge holder={holder} />
      <Text size="sm" fw={600} miw="3ch" ta="right">
        {number(units)}
      </Text>
      {may("stock:write") && <AdjustStock sku={holder.sku} units={units} />}
    </Group>
  );
}
