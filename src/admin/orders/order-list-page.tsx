// The list of orders, newest first, with a search, filters, and how many orders they leave.

import { Anchor, Stack, Text } from "@mantine/core";
import { queryOptions, useQuery } from "@tanstack/react-query";
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
import { Page } from "../shell/page.tsx";
import { customerWords } from "../words/customer.ts";
import { count, number } from "../words/numbers.ts";
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
  { value: "", label: "All" },
  ...orderStatuses.map((status) => ({ value: status, label: statusLooks[status].label })),
  { value: waitingForUnits, label: "Waiting for units" },
];

const columns: readonly Column<OrderReply>[] = [
  {
    header: "Order",
    isLong: true,
    cell: ({ id, reference }) => (
      <Anchor component={Link} to={`/orders/${id}`} fw={600}>
        {reference}
      </Anchor>
    ),
  },
  { header: "Status", cell: (order) => <OrderStatus order={order} /> },
  { header: "Accepted", cell: ({ acceptedAt }) => <Time at={acceptedAt} /> },
  { header: "Units", align: "right", cell: (entry) => number(unitsOf(entry)) },
  { header: "Details", isLong: true, cell: (entry) => <Details order={entry} /> },
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
    <Page title="Orders" actions={<ExportButton path="/order-export" query={query} />}>
      <Stack gap="sm">
        <OrderFilters filters={filters} onChange={change} />
        <FilterTabs
          label="Status"
          choices={statuses}
          value={status}
          onChoose={(chosen) => change({ status: chosen })}
        />
        <FoundCount query={query} />
      </Stack>
      <ListBody pages={{ ...pages, entries }} empty={emptiness(filters)}>
        {(orders, isOutdated) => (
          <DataTable
            label="Orders"
            columns={columns}
            rows={orders}
            keyOf={({ id }) => id}
            isOutdated={isOutdated}
          />
        )}
      </ListBody>
    </Page>
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
    const more = shortages.length > 1 ? ` And ${number(shortages.length - 1)} more.` : "";
    return (
      <Text size="sm" maw="26rem">
        {shortageWords(first)}
        {more}
      </Text>
    );
  }
  const who = customer?.["name"] ?? customer?.["email"];
  const what = lines.length === 1 ? (lines[0]?.name ?? "") : count(lines.length, "line");
  const awaited = unitsAwaited(order);
  return (
    <Stack gap={0} miw={0} maw="26rem">
      <Text size="sm" truncate>
        {payBy !== null && isUnpaid(order) && (
          <>
            To be paid by <Time at={payBy} />:{" "}
          </>
        )}
        {what}
        {who !== undefined && (
          <Text span c="dimmed">
            {" "}
            for <bdi>{customerWords(who)}</bdi>
          </Text>
        )}
      </Text>
      {awaited > 0 && <Text size="sm">Waits for {count(awaited, "unit")}</Text>}
    </Stack>
  );
}

function emptiness(filters: Filters) {
  if (Object.values(filters).some((value) => value !== "")) {
    return {
      title: "No order matches",
      text: "Search for fewer words or a part of them, choose other days, or another status.",
    };
  }
  return {
    title: "No orders yet",
    text: "Orders come from your checkout. It needs an API key, which you can create under Settings, API keys.",
  };
}
