// What a manager has to do: items that are not sold any more, sales that were lost for lack of units, and orders that can
// be sent now. Loaded after the numbers.

import { Anchor, Group, Stack, Text } from "@mantine/core";
import { queryOptions, useQuery, type UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "react-router";
import * as z from "zod";
import { alertSchema, type AlertReply } from "../../contract/alerts.ts";
import { rejectedItemsSchema, type RejectedItemsReply } from "../../contract/rejected-items.ts";
import { Section } from "../forms/section.tsx";
import { read } from "../http/request.ts";
import { type Column, DataTable } from "../lists/data-table.tsx";
import { readyColumns, readyQuery } from "../pre-orders/ready-orders.tsx";
import { AdjustStock } from "../products/adjust-stock.tsx";
import { historyAddress } from "../products/product-queries.ts";
import { useMay } from "../session/session.ts";
import { Loaded } from "../shell/loaded.tsx";
import { number } from "../words/numbers.ts";
import { Time } from "../words/time.tsx";
import { overview as text } from "../words/en/overview.tsx";

/** Rows of each list. The rest is behind its link. */
const shownMax = 5;
const refetchInterval = 15_000;

const stoppedQuery = queryOptions({
  // Changes of stock read all lists of alerts again.
  queryKey: ["alerts", "stopped"],
  queryFn: ({ signal }) =>
    read("/alerts", z.object({ data: z.array(alertSchema) }), {
      query: { status: "open", state: "out", limit: shownMax + 1 },
      signal,
    }),
  refetchInterval,
});

const rejectedQuery = queryOptions({
  queryKey: ["orders", "rejected-items"],
  queryFn: ({ signal }) =>
    read("/rejected-items", rejectedItemsSchema, { query: { limit: shownMax + 1 }, signal }),
  refetchInterval,
});

/** The lists that have something. */
export function WorkList() {
  const may = useMay();
  return (
    <>
      {may("alerts:read") && <Stopped />}
      <Rejected />
      <Ready />
    </>
  );
}

function Stopped() {
  const query = useQuery(stoppedQuery);
  return (
    <Latest query={query}>
      {({ data }) => (
        <WorkSection
          title={text.stopped.title}
          intro={text.stopped.intro}
          more={data.length > shownMax && { to: "/alerts", label: text.stopped.more }}
          isEmpty={data.length === 0}
        >
          <DataTable
            label={text.stopped.title}
            columns={stoppedColumns}
            rows={data.slice(0, shownMax)}
            keyOf={({ id }) => id}
          />
        </WorkSection>
      )}
    </Latest>
  );
}

const stoppedColumns: readonly Column<AlertReply>[] = [
  { header: text.work.item, isLong: true, cell: (alert) => <Item item={alert} /> },
  {
    header: text.stopped.since,
    cell: ({ escalatedAt, openedAt }) => <Time at={escalatedAt ?? openedAt} relative />,
  },
  { header: text.stopped.sold, align: "right", cell: (alert) => number(alert.unitsSoldLast7Days) },
  { header: text.work.unitsNow, align: "right", cell: ({ unitsInStock }) => number(unitsInStock) },
  { header: text.work.receive, phone: "plain", cell: (alert) => <Receive item={alert} /> },
];

function Rejected() {
  const query = useQuery(rejectedQuery);
  return (
    <Latest query={query}>
      {({ data, isComplete }) => (
        <WorkSection
          title={text.rejected.title}
          intro={text.rejected.intro(isComplete)}
          more={{ to: "/orders?status=rejected", label: text.rejected.more }}
          isEmpty={data.length === 0}
        >
          <DataTable
            label={text.rejected.title}
            columns={rejectedColumns}
            rows={data.slice(0, shownMax)}
            keyOf={({ sku }) => sku}
          />
        </WorkSection>
      )}
    </Latest>
  );
}

const rejectedColumns: readonly Column<RejectedItemsReply["data"][number]>[] = [
  { header: text.work.item, isLong: true, cell: (item) => <Item item={item} /> },
  { header: text.rejected.units, align: "right", cell: ({ units }) => <b>{number(units)}</b> },
  { header: text.rejected.orders, align: "right", cell: ({ orders }) => number(orders) },
  {
    header: text.rejected.latest,
    isLong: true,
    cell: ({ lastOrder: { id, reference } }) => (
      <Anchor component={Link} to={`/orders/${id}`}>
        {reference}
      </Anchor>
    ),
  },
  {
    header: text.work.unitsNow,
    align: "right",
    cell: ({ unitsInStock }) => (unitsInStock === null ? "–" : number(unitsInStock)),
  },
  { header: text.work.receive, phone: "plain", cell: (item) => <Receive item={item} /> },
];

function Ready() {
  const query = useQuery(readyQuery);
  return (
    <Latest query={query}>
      {({ ready }) => (
        <WorkSection
          title={text.ready.title}
          intro={text.ready.intro}
          more={ready.length > shownMax && { to: "/pre-orders", label: text.ready.more }}
          isEmpty={ready.length === 0}
        >
          <DataTable
            label={text.ready.title}
            columns={readyColumns}
            rows={ready.slice(0, shownMax)}
            keyOf={({ id }) => id}
          />
        </WorkSection>
      )}
    </Latest>
  );
}

type LatestProps<Data> = {
  readonly query: UseQueryResult<Data>;
  readonly children: (data: Data) => ReactNode;
};

/** What was read last. If it can't be read again, the numbers above say so for the whole page. */
function Latest<Data>({ query, children }: LatestProps<Data>) {
  return query.data === undefined ? (
    <Loaded query={query}>{children}</Loaded>
  ) : (
    children(query.data)
  );
}

type Named = {
  readonly sku: string;
  readonly product: { readonly sku: string; readonly name: string };
  readonly variant: { readonly name: string } | null;
};

function Item({ item: { sku, product, variant } }: { item: Named }) {
  const may = useMay();
  const name = variant === null ? product.name : `${product.name}, ${variant.name}`;
  return (
    <Stack gap={0}>
      {may("stock:read") ? (
        <Anchor component={Link} to={historyAddress(product.sku, sku)} fw={600}>
          {name}
        </Anchor>
      ) : (
        <b>{name}</b>
      )}
      <Text size="sm" c="dimmed">
        {sku}
      </Text>
    </Stack>
  );
}

function Receive({
  item,
}: {
  item: { readonly sku: string; readonly unitsInStock: number | null };
}) {
  const may = useMay();
  if (!may("stock:write") || item.unitsInStock === null) return null;
  return <AdjustStock sku={item.sku} units={item.unitsInStock} act="add" />;
}

type WorkSectionProps = {
  readonly title: string;
  readonly intro: string;
  readonly more: { readonly to: string; readonly label: string } | false;
  readonly isEmpty: boolean;
  readonly children: ReactNode;
};

function WorkSection({ title, intro, more, isEmpty, children }: WorkSectionProps) {
  if (isEmpty) return null;
  return (
    <Section title={title} intro={intro}>
      {children}
      {more !== false && (
        <Group>
          <Anchor component={Link} to={more.to} size="sm">
            {more.label}
          </Anchor>
        </Group>
      )}
    </Section>
  );
}
