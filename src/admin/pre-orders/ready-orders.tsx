// Orders that waited for units and have got all of them, the latest first.

import { Anchor } from "@mantine/core";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { preOrderPageSchema, type ReadyOrderReply } from "../../contract/pre-orders.ts";
import { Section } from "../forms/section.tsx";
import { read } from "../http/request.ts";
import { type Column, DataTable } from "../lists/data-table.tsx";
import { Loaded } from "../shell/loaded.tsx";
import { number } from "../words/numbers.ts";
import { Time } from "../words/time.tsx";

/** SKUs shown for each order. The order's page has all of them. */
const shownMax = 4;

/** The columns of ready orders. */
export const readyColumns: readonly Column<ReadyOrderReply>[] = [
  {
    header: "Order",
    isLong: true,
    cell: ({ id, reference }) => (
      <Anchor component={Link} to={`/orders/${id}`} fw={600}>
        {reference}
      </Anchor>
    ),
  },
  { header: "Ready since", cell: ({ readyAt }) => <Time at={readyAt} /> },
  { header: "Accepted", cell: ({ acceptedAt }) => <Time at={acceptedAt} /> },
  { header: "Units", align: "right", cell: ({ units }) => number(units) },
  { header: "Items", isLong: true, cell: ({ skus }) => skuWords(skus) },
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
          <Section
            title="Ready"
            intro="These orders waited and have all their units now: in the last seven days, the latest first."
          >
            <DataTable
              label="Ready orders"
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
  return left > 0 ? `${shown} and ${number(left)} more` : shown;
}
