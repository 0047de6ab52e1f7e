// The list of orders, newest first, with a search, filters, and how many orders they leave.

import { Anchor, Stack, Text } from "@mantine/core";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Link } from "react-router";
import * as z from "zod";
import { orderSchema, type OrderReply } from "../../contract/orders.ts";
import { orderStatuses } from "../../domain/order/order-status.ts";
import { read } from "../http/request.ts";
import { type Column, DataTable } from "../lists/data-table.tsx";
import { ExportButton } from "../lists/export-button.tsx";
import { FilterTabs } from "../lists/filter-tabs.tsx";
import { ListBody } from "../lists/list-body.tsx";
import { useAddress } from "../lists/use-address.ts";
import { usePages } from "../lists/use-pages.ts";
import { type Selection, useSelection } from "../lists/use-selection.ts";
import { createPart } from "../parts/create-part.tsx";
import { Page } from "../shell/page.tsx";
import { customerWords } from "../words/customer.ts";
import { orderList as text } from "../words/en/orders/list.tsx";
import { manyRows } from "../words/en/many.ts";
import { number } from "../words/numbers.ts";
import { Time } from "../words/time.tsx";
import {
  type Filters,
  FoundCount,
  noFilters,
  OrderFilters,
  type OrderQuery,
  queryOf,
  waitingForUnits,
} from "./order-filters.tsx";
import {
  isUnpaid,
  OrderStatus,
  shortageWords,
  statusLooks,
  unitsAwaited,
  unitsOf,
} from "./order-words.tsx";

const statuses = [
  { value: "", label: text.statuses.all },
  ...orderStatuses.map((status) => ({ value: status, label: statusLooks[status].label })),
  { value: waitingForUnits, label: text.statuses.waitingForUnits },
];

const columns: readonly Column<OrderReply>[] = [
  {
    header: text.columns.order,
    isLong: true,
    cell: ({ id, reference }) => (
      <Anchor component={Link} to={`/orders/${id}`} fw={600}>
        {reference}
      </Anchor>
    ),
  },
  { header: text.columns.status, cell: (order) => <OrderStatus order={order} /> },
  { header: text.columns.accepted, cell: ({ acceptedAt }) => <Time at={acceptedAt} /> },
  { header: text.columns.units, align: "right", cell: (entry) => number(unitsOf(entry)) },
  { header: text.columns.details, isLong: true, cell: (entry) => <Details order={entry} /> },
];

/** The page. */
export function OrderListPage() {
  const [filters, change] = useAddress(noFilters);
  const query = queryOf(filters);
  const pages = usePages({
    key: "orders",
    path: "/orders",
    entry: orderSchema,
    query,
    refreshMs: 15_000,
  });
  const { q, status } = filters;
  const { data: named } = useQuery(orderByReferenceQuery(q, query));
  const entries =
    named === undefined || named === null || pages.entries === undefined
      ? pages.entries
      : [named, ...pages.entries.filter(({ id }) => id !== named.id)];
  return (
    <Page title={text.title} actions={<ExportButton path="/order-export" query={query} />}>
      <Stack gap="sm">
        <OrderFilters filters={filters} onChange={change} />
        <FilterTabs
          label={text.filters.status}
          choices={statuses}
          value={status}
          onChoose={(chosen) => change({ status: chosen })}
        />
        <FoundCount query={query} />
      </Stack>
      <ListBody pages={{ ...pages, entries }} empty={emptiness(filters)}>
        {(orders, isOutdated) => <OrderTable orders={orders} isOutdated={isOutdated} />}
      </ListBody>
    </Page>
  );
}

/** Loaded when the first order is chosen. */
const OrderActs = createPart<{ readonly selection: Selection<OrderReply> }>(
  async () => (await import("./many/order-acts.tsx")).OrderActs,
  { what: manyRows.actions, whileLoading: null },
);

type OrderTableProps = { readonly orders: readonly OrderReply[]; readonly isOutdated: boolean };

function OrderTable({ orders, isOutdated }: OrderTableProps) {
  const selection = useSelection({
    rows: orders,
    keyOf: ({ id }) => id,
    nameOf: ({ reference }) => reference,
  });
  // The actions stay once they are there, because they tell how the last one went.
  const [wasChosen, setWasChosen] = useState(false);
  if (!wasChosen && selection.chosen.length > 0) setWasChosen(true);
  return (
    <Stack gap="md">
      <DataTable
        label={text.title}
        columns={columns}
        rows={orders}
        keyOf={({ id }) => id}
        isOutdated={isOutdated}
        selection={selection}
      />
      {wasChosen && <OrderActs selection={selection} />}
    </Stack>
  );
}

/** A new order has its words in the search some seconds after it came, but is found by its whole reference at once. */
function orderByReferenceQuery(reference: string, query: OrderQuery) {
  return queryOptions({
    queryKey: ["orders", "by-reference", reference, query],
    enabled: reference !== "",
    queryFn: async ({ signal }) => {
      const page = z.object({ data: z.array(orderSchema) });
      const { q: _words, ...narrowed } = query;
      const wanted = { ...narrowed, reference, limit: 1 };
      return (await read("/orders", page, { query: wanted, signal })).data[0] ?? null;
    },
  });
}

function Details({ order }: { order: OrderReply }) {
  const { lines, shortages, customer, payBy } = order;
  const [first] = shortages;
  if (first !== undefined) {
    return (
      <Text size="sm" maw="26rem">
        {text.shortages(shortageWords(first), shortages.length - 1)}
      </Text>
    );
  }
  const who = customer?.["name"] ?? customer?.["email"];
  const what = lines.length === 1 ? (lines[0]?.name ?? "") : text.lines(lines.length);
  const awaited = unitsAwaited(order);
  return (
    <Stack gap={0} miw={0} maw="26rem">
      <Text size="sm" truncate>
        {text.summary(
          what,
          payBy !== null && isUnpaid(order) ? <Time at={payBy} /> : null,
          who === undefined ? null : <bdi>{customerWords(who)}</bdi>,
          dimmed,
        )}
      </Text>
      {awaited > 0 && <Text size="sm">{text.waitsFor(awaited)}</Text>}
    </Stack>
  );
}

const dimmed = (words: ReactNode) => (
  <Text span c="dimmed">
    {words}
  </Text>
);

const emptiness = (filters: Filters) =>
  Object.values(filters).some((value) => value !== "") ? text.noMatch : text.none;
