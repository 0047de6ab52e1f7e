// The items that run out, the soonest first, with what to reorder of them and why.

import { Anchor, Button, Group, NativeSelect, Stack, Text } from "@mantine/core";
import { Link } from "react-router";
import { runningOutSchema, type RunningOutReply } from "../../contract/running-out.ts";
import { notifyDone, notifyFailed } from "../forms/notify.tsx";
import { type Column, DataTable } from "../lists/data-table.tsx";
import { ExportButton } from "../lists/export-button.tsx";
import { FilterTabs } from "../lists/filter-tabs.tsx";
import { ListBody } from "../lists/list-body.tsx";
import { useAddress } from "../lists/use-address.ts";
import { usePages } from "../lists/use-pages.ts";
import { productAddress } from "../products/product-queries.ts";
import type { ChosenLines } from "../receiving/chosen-lines.ts";
import { useMay } from "../session/session.ts";
import { Page } from "../shell/page.tsx";
import { stateWords } from "../../domain/stock/stock-words.ts";
import { count, number } from "../words/numbers.ts";
import { runOutWords } from "../words/run-out-words.ts";
import { day } from "../words/time.tsx";

const periods = [
  { value: "7", label: "7 days" },
  { value: "14", label: "14 days" },
  { value: "30", label: "30 days" },
] as const;

const daysOf = (choices: readonly number[]) =>
  choices.map((days) => ({ value: String(days), label: count(days, "day") }));

const nameOf = ({ product, variant }: RunningOutReply): string =>
  variant === null ? product.name : `${product.name}, ${variant}`;

const columns: readonly Column<RunningOutReply>[] = [
  {
    header: "Item",
    cell: (item) => (
      <Stack gap={0}>
        <Anchor component={Link} to={productAddress(item.product.sku)} fw={600}>
          {nameOf(item)}
        </Anchor>
        <Text size="sm" c="dimmed">
          {item.sku}
        </Text>
      </Stack>
    ),
  },
  {
    header: "Runs out",
    cell: (item) => {
      const { text, hint } = runOutWords(item);
      return (
        <Stack gap={0}>
          <Text size="sm" fw={600}>
            {text}
          </Text>
          <Text size="xs" c="dimmed">
            {hint}
          </Text>
        </Stack>
      );
    },
  },
  {
    header: "Units",
    align: "right",
    cell: ({ unitsInStock, stockState }) => (
      <Stack gap={0}>
        <b>{number(unitsInStock)}</b>
        {stockState !== "in-stock" && <Text size="xs">{stateWords[stockState]}</Text>}
      </Stack>
    ),
  },
  {
    header: "On the way",
    align: "right",
    cell: ({ incoming }) =>
      incoming === null ? "–" : `${number(incoming.units)}, ${day(incoming.nextAt)}`,
  },
  {
    header: "Sold in 7 and 28 days",
    align: "right",
    cell: (item) => `${number(item.unitsSoldLast7Days)} / ${number(item.unitsSoldLast28Days)}`,
  },
  {
    header: "Reorder",
    isLong: true,
    cell: ({ reorder }) =>
      reorder === null ? (
        <Text size="sm" c="dimmed">
          Enough for now
        </Text>
      ) : (
        <Stack gap={0}>
          <Text size="sm" fw={600}>
            {count(reorder.units, "unit")}
          </Text>
          <Text size="xs" c="dimmed">
            {reorder.why}
          </Text>
        </Stack>
      ),
  },
];

/** The page. The choices are in the URL. */
export function RunningOutPage() {
  const [{ days, lead, cover }, change] = useAddress({ days: "14", lead: "7", cover: "14" });
  const times = { days, leadDays: lead, coverDays: cover };
  const pages = usePages({
    key: "stock",
    path: "/running-out",
    entry: runningOutSchema,
    query: times,
    pageSize: 200,
  });
  return (
    <Page
      title="Running out"
      intro="Items that orders bought in the last 28 days, by the days that they last. Sales are counted every few hours."
    >
      <Group justify="space-between" align="flex-end">
        <FilterTabs
          label="Runs out within"
          choices={periods}
          value={days}
          onChoose={(chosen) => change({ days: chosen })}
        />
        <Group gap="xs">
          <NativeSelect
            label="A delivery takes"
            data={daysOf([1, 3, 7, 14, 30, 60])}
            value={lead}
            onChange={(event) => change({ lead: event.currentTarget.value })}
          />
          <NativeSelect
            label="It should last"
            data={daysOf([7, 14, 30, 60, 90])}
            value={cover}
            onChange={(event) => change({ cover: event.currentTarget.value })}
          />
        </Group>
      </Group>
      <ListBody
        pages={pages}
        empty={{
          title: "Nothing runs out in this time",
          text: "Items are listed once orders have bought some of them.",
        }}
      >
        {(items, isOutdated) => (
          <>
            <OrderActs items={items} times={times} />
            <DataTable
              label="Running out"
              columns={columns}
              rows={items}
              keyOf={({ sku }) => sku}
              isOutdated={isOutdated}
            />
          </>
        )}
      </ListBody>
    </Page>
  );
}

type OrderActsProps = {
  readonly items: readonly RunningOutReply[];
  readonly times: Readonly<Record<string, string>>;
};

/** What can be done with all items that are to be reordered; nothing if none is. */
function OrderActs({ items, times }: OrderActsProps) {
  const may = useMay();
  const wanted = items.flatMap((item) =>
    item.reorder === null ? [] : [{ sku: item.sku, name: nameOf(item), units: item.reorder.units }],
  );
  if (wanted.length === 0) return null;
  const chosen: ChosenLines = { lines: wanted };
  const text = wanted.map(({ sku, name, units }) => `${number(units)} × ${name} (${sku})`);
  const copy = (): void => {
    navigator.clipboard
      .writeText(`${text.join("\n")}\n`)
      .then(
        () => notifyDone(`${count(wanted.length, "item")} copied. Paste them into a mail.`),
        notifyFailed,
      );
  };
  return (
    <Group gap="xs">
      {may("stock:write") && (
        <Button component={Link} to="/new-delivery" state={chosen}>
          Mark {count(wanted.length, "item")} as ordered
        </Button>
      )}
      <Button variant="default" onClick={copy}>
        Copy as text
      </Button>
      <ExportButton path="/reorder-export" query={times} />
    </Group>
  );
}
