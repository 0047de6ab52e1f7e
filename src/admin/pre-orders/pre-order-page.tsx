// Pre-orders: units that orders wait for, by product or variant, the oldest first; and the orders that have become ready.

import { Anchor, Group, Stack, Text } from "@mantine/core";
import { Link } from "react-router";
import { preOrderedItemSchema, type PreOrderedItemReply } from "../../contract/pre-orders.ts";
import { type Column, DataTable } from "../lists/data-table.tsx";
import { ListBody } from "../lists/list-body.tsx";
import { usePages } from "../lists/use-pages.ts";
import { productAddress } from "../products/product-queries.ts";
import { Page } from "../shell/page.tsx";
import { preOrders as text } from "../words/en/pre-orders.ts";
import { number } from "../words/numbers.ts";
import { Time } from "../words/time.tsx";
import { ReadyOrders } from "./ready-orders.tsx";

/** Orders shown for each item. The rest are in the order list. */
const shownMax = 4;

const columns: readonly Column<PreOrderedItemReply>[] = [
  {
    header: text.columns.item,
    cell: ({ product, variant, sku }) => (
      <Stack gap={0}>
        <Anchor component={Link} to={productAddress(product.sku)} fw={600}>
          {variant === null ? product.name : `${product.name}, ${variant.name}`}
        </Anchor>
        <Text size="sm" c="dimmed">
          {sku}
        </Text>
      </Stack>
    ),
  },
  { header: text.columns.units, align: "right", cell: ({ units }) => <b>{number(units)}</b> },
  {
    header: text.columns.inStock,
    align: "right",
    cell: ({ unitsInStock }) => (unitsInStock === null ? "–" : number(unitsInStock)),
  },
  { header: text.columns.since, cell: ({ oldestAt }) => <Time at={oldestAt} /> },
  { header: text.columns.orders, cell: (item) => <Orders item={item} /> },
];

/** The page. */
export function PreOrderPage() {
  const pages = usePages({
    key: "pre-orders",
    path: "/pre-orders",
    entry: preOrderedItemSchema,
    refreshMs: 30_000,
  });
  return (
    <Page title={text.title} intro={text.intro}>
      <ListBody pages={pages} empty={text.none}>
        {(items, isOutdated) => (
          <DataTable
            label={text.title}
            columns={columns}
            rows={items}
            keyOf={({ sku }) => sku}
            isOutdated={isOutdated}
          />
        )}
      </ListBody>
      <ReadyOrders />
    </Page>
  );
}

function Orders({ item: { orders, orderCount, sku } }: { item: PreOrderedItemReply }) {
  const left = orderCount - Math.min(orders.length, shownMax);
  return (
    <Group gap="xs">
      {orders.slice(0, shownMax).map(({ id, reference, units }) => (
        <Text key={id} size="sm" component="span">
          <Anchor component={Link} to={`/orders/${id}`} size="sm">
            {reference}
          </Anchor>{" "}
          ({number(units)})
        </Text>
      ))}
      {left > 0 && (
        <Anchor
          component={Link}
          to={`/orders?${new URLSearchParams({ q: sku, status: "waiting" })}`}
          size="sm"
        >
          {text.moreOrders(left)}
        </Anchor>
      )}
    </Group>
  );
}
