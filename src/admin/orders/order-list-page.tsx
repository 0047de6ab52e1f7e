// The list of orders, newest first, with a search by reference or SKU and a filter by status.

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
import { SearchField } from "../lists/search-field.tsx";
import { useAddress } from "../lists/use-address.ts";
import { usePages } from "../lists/use-pages.ts";
import { Page } from "../shell/page.tsx";
import { customerWords } from "../words/customer.ts";
import { count, number } from "../words/numbers.ts";
import { Time } from "../words/time.tsx";
import {
  isUnpaid,
  OrderStatus,
  shortageWords,
  statusLooks,
  unitsAwaited,
  unitsOf,
} from "./order-words.tsx";

/** The choice of orders that wait for promised units. The address has it in place of a status. */
const waitingForUnits = "waiting";

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
  const [filters, change] = useAddress({ q: "", status: "" });
  const { q, status } = filters;
  const pages = usePages({
    key: "orders",
    path: "/orders",
    entry: orderSchema,
    query: { ...filterOf(status), sku: q },
    refreshMs: 15_000,
  });
  const { data: named } = useQuery(orderByReferenceQuery(q, status));
  const entries =
    named === undefined || named === null || pages.entries === undefined
      ? pages.entries
      : [named, ...pages.entries.filter(({ id }) => id !== named.id)];
  const isNamed = named !== undefined && named !== null;
  const exportFilter = { ...filterOf(status), ...(isNamed ? { reference: q } : { sku: q }) };
  return (
    <Page title="Orders" actions={<ExportButton path="/order-export" query={exportFilter} />}>
      <Stack gap="sm">
        <SearchField
          label="Order reference or SKU"
          value={q}
          onSearch={(text) => change({ q: text })}
        />
        <FilterTabs
          label="Status"
          choices={statuses}
          value={status}
          onChoose={(chosen) => change({ status: chosen })}
        />
      </Stack>
      <ListBody pages={{ ...pages, entries }} empty={emptiness(q, status)}>
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

function filterOf(status: string) {
  return status === waitingForUnits ? { waiting: "true" } : { status };
}

/** The API can't search by reference and SKU at once, so the order with this reference is read separately. */
function orderByReferenceQuery(reference: string, status: string) {
  return queryOptions({
    queryKey: ["orders", "by-reference", reference, status],
    enabled: reference !== "",
    queryFn: async ({ signal }) => {
      const page = z.object({ data: z.array(orderSchema) });
      const query = { reference, ...filterOf(status), limit: 1 };
      return (await read("/orders", page, { query, signal })).data[0] ?? null;
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

function emptiness(q: string, status: string) {
  if (q !== "" || status !== "") {
    return {
      title: "No order matches",
      text: "Search for a complete order reference or a complete SKU, or choose another status.",
    };
  }
  return {
    title: "No orders yet",
    text: "Orders come from your checkout. It needs an API key, which you can create under Settings, API keys.",
  };
}
