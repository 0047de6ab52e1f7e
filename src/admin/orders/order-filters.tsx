// The filters of the list of orders: words, customer, item and days; and how many orders they leave.

import { Group, Text, TextInput } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import * as z from "zod";
import { read } from "../http/request.ts";
import { SearchField } from "../lists/search-field.tsx";
import { orderList as text } from "../words/en/orders/list.tsx";

/** The filters, as the address has them. Without any, all orders are listed. Days are in the reader's time zone. */
export const noFilters = { q: "", customer: "", item: "", from: "", until: "", status: "" };

/** The filters that are set. */
export type Filters = typeof noFilters;

/** The choice of orders that wait for promised units. The address has it in place of a status. */
export const waitingForUnits = "waiting";

/** The filters, as the API takes them. */
export type OrderQuery = Readonly<Record<string, string>>;

/** The API's query of the filters. The last day counts to its end. */
export function queryOf({ q, customer, item, from, until, status }: Filters): OrderQuery {
  return {
    q,
    customer,
    item,
    acceptedFrom: startOfDay(from, 0),
    acceptedBefore: startOfDay(until, 1),
    ...(status === waitingForUnits ? { waiting: "true" } : { status }),
  };
}

/** The time at which a day begins, some days later; empty if the field has no day. */
function startOfDay(field: string, daysLater: number): string {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(field) ?? [];
  if (year === undefined || Number(year) < 1970) return "";
  const start = new Date(Number(year), Number(month) - 1, Number(day) + daysLater);
  return Number.isNaN(start.getTime()) ? "" : start.toISOString();
}

type OrderFiltersProps = {
  readonly filters: Filters;
  readonly onChange: (change: Partial<Filters>) => void;
};

/** The fields. */
export function OrderFilters({ filters, onChange }: OrderFiltersProps) {
  return (
    <Group gap="sm" align="flex-end">
      <SearchField label={text.filters.words} value={filters.q} onSearch={(q) => onChange({ q })} />
      <SearchField
        label={text.filters.customer}
        value={filters.customer}
        onSearch={(customer) => onChange({ customer })}
      />
      <SearchField
        label={text.filters.item}
        value={filters.item}
        onSearch={(item) => onChange({ item })}
      />
      <TextInput
        type="date"
        label={text.filters.from}
        value={filters.from}
        max={filters.until}
        onChange={(event) => onChange({ from: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={text.filters.until}
        value={filters.until}
        min={filters.from}
        onChange={(event) => onChange({ until: event.currentTarget.value })}
      />
    </Group>
  );
}

const countReply = z.object({ count: z.object({ number: z.int(), isMore: z.boolean() }) });

/** How many orders the filters leave. */
export function FoundCount({ query }: { query: OrderQuery }) {
  const { data } = useQuery({
    queryKey: ["orders", "count", query],
    queryFn: ({ signal }) =>
      read("/orders", countReply, { query: { ...query, limit: 1, count: "true" }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  });
  if (data === undefined) return null;
  const { count: found } = data;
  return (
    <Text size="sm" c="dimmed" role="status">
      {text.found(found.number, found.isMore)}
    </Text>
  );
}
