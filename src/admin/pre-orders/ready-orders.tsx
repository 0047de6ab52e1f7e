// Orders that waited for units and have got all of them, the latest first.

import { Anchor } from "@mantine/core";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { preOrderPageSchema, type ReadyOrderReply } from "../../contract/pre-orders.ts";
import { Section } from "../forms/section.tsx";
import { read } from "../http/request.ts";
import { type Column, DataTable } from "../lists/data-table.tsx";
import { Loaded } from "../shell/loaded.tsx";
import { preOrders } from "../words/en/pre-orders.ts";
import { number } from "../words/numbers.ts";
import { Time } from "../words/time.tsx";

const text = preOrders.ready;

/** SKUs shown for each order. The order's page has all of them. */
const shownMax = 4;

/** The columns of ready orders. */
export const readyColumns: readonly Column<ReadyOrderReply>[] = [
  {
    header: text.order,
    isLong: true,
    cell: ({ id, reference }) => (
      <Anchor component={Link} to={`/orders/${id}`} fw={600}>
        {reference}
      </Anchor>
    ),
  },
  { header: text.since, cell: ({ readyAt }) => <Time at={readyAt} /> },
  { header: text.accepted, cell: ({ acceptedAt }) => <Time at={acceptedAt} /> },
  { header: text.units, align: "right", cell: ({ units }) => number(units) },
  { header: text.items, isLong: true, cell: ({ skus }) => skuWords(skus) },
];

/** The orders that have become ready. */
export const readyQuery = queryOptions({
  queryKey: ["pre-orders", "ready"],
  queryFn: ({ signal }) => read("/pre-orders", preOrderPageSchema, { query: { limit: 1 }, signal }),
  refetchInterval: 30_000,
});

/** The section. It is left out if no order has become ready. */
export function ReadyOrders() {
  const query = useQuery(readyQuery);
  return (
    <Loaded query={query}>
      {({ ready }) =>
        ready.length > 0 && (
          <Section title={text.title} intro={text.intro}>
            <DataTable
              label={text.label}
              columns={readyColumns}
              rows={ready}
              keyOf={({ id }) => id}
            />
          </Section>
        )
      }
    </Loaded>
  );
}

function skuWords(skus: readonly string[]): string {
  const left = skus.length - shownMax;
  const shown = skus.slice(0, shownMax).join(", ");
  return left > 0 ? text.moreItems(shown, left) : shown;
}
