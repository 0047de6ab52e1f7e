// The items that run out, the soonest first, with what to reorder of them and why.

import { Anchor, Group, NativeSelect, Stack, Text } from "@mantine/core";
import { Link } from "react-router";
import { runningOutSchema, type RunningOutReply } from "../../contract/running-out.ts";
import { type Column, DataTable } from "../lists/data-table.tsx";
import { FilterTabs } from "../lists/filter-tabs.tsx";
import { ListBody } from "../lists/list-body.tsx";
import { useAddress } from "../lists/use-address.ts";
import { usePages } from "../lists/use-pages.ts";
import { useSelection } from "../lists/use-selection.ts";
import { productAddress } from "../products/product-queries.ts";
import { useMay } from "../session/session.ts";
import { Page } from "../shell/page.tsx";
import { stateWords } from "../../domain/stock/stock-words.ts";
import { runningOut as text } from "../words/en/running-out.ts";
import { number } from "../words/numbers.ts";
import { runOutWords } from "../words/run-out-words.ts";
import { day } from "../words/time.tsx";
import { ReorderActs } from "./reorder-acts.tsx";

const daysOf = (choices: readonly number[]) =>
  choices.map((days) => ({ value: String(days), label: text.days(days) }));

const nameOf = ({ product, variant }: RunningOutReply): string =>
  variant === null ? product.name : `${product.name}, ${variant}`;

const columns: readonly Column<RunningOutReply>[] = [
  {
    header: text.columns.item,
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
    header: text.columns.runsOut,
    cell: (item) => {
      const runsOut = runOutWords(item);
      return (
        <Stack gap={0}>
          <Text size="sm" fw={600}>
            {runsOut.text}
          </Text>
          <Text size="xs" c="dimmed">
            {runsOut.hint}
          </Text>
        </Stack>
      );
    },
  },
  {
    header: text.columns.units,
    align: "right",
    cell: ({ unitsInStock, stockState }) => (
      <Stack gap={0}>
        <b>{number(unitsInStock)}</b>
        {stockState !== "in-stock" && <Text size="xs">{stateWords[stockState]}</Text>}
      </Stack>
    ),
  },
  {
    header: text.columns.onTheWay,
    align: "right",
    cell: ({ incoming }) =>
      incoming === null ? "–" : text.onTheWay(incoming.units, day(incoming.nextAt)),
  },
  {
    header: text.columns.sold,
    align: "right",
    cell: (item) => `${number(item.unitsSoldLast7Days)} / ${number(item.unitsSoldLast28Days)}`,
  },
  {
    header: text.columns.reorder,
    isLong: true,
    cell: ({ reorder }) =>
      reorder === null ? (
        <Text size="sm" c="dimmed">
          {text.enough}
        </Text>
      ) : (
        <Stack gap={0}>
          <Text size="sm" fw={600}>
            {text.units(reorder.units)}
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
  const [{ days, lead, cover }, change] = useAddress({ days: "14", lead: "", cover: "14" });
  const times = { days, ...(lead === "" ? {} : { leadDays: lead }), coverDays: cover };
  const pages = usePages({
    key: "stock",
    path: "/running-out",
    entry: runningOutSchema,
    query: times,
    pageSize: 200,
  });
  return (
    <Page title={text.title} intro={text.intro}>
      <Group justify="space-between" align="flex-end">
        <FilterTabs
          label={text.choices.within}
          choices={daysOf([7, 14, 30])}
          value={days}
          onChoose={(chosen) => change({ days: chosen })}
        />
        <Group gap="xs">
          <NativeSelect
            label={text.choices.leadTime}
            data={[{ value: "", label: text.choices.ofStore }, ...daysOf([1, 3, 7, 14, 30, 60])]}
            value={lead}
            onChange={(event) => change({ lead: event.currentTarget.value })}
          />
          <NativeSelect
            label={text.choices.lasts}
            data={daysOf([7, 14, 30, 60, 90])}
            value={cover}
            onChange={(event) => change({ cover: event.currentTarget.value })}
          />
        </Group>
      </Group>
      <ListBody pages={pages} empty={text.none}>
        {(items, isOutdated) => (
          <ReorderTable items={items} isOutdated={isOutdated} times={times} />
        )}
      </ListBody>
    </Page>
  );
}

type ReorderTableProps = {
  readonly items: readonly RunningOutReply[];
  readonly isOutdated: boolean;
  readonly times: Readonly<Record<string, string>>;
};

/** The table. Only what is to be reordered can be chosen. */
function ReorderTable({ items, isOutdated, times }: ReorderTableProps) {
  const may = useMay();
  const selection = useSelection({
    rows: items,
    keyOf: ({ sku }) => sku,
    nameOf,
    isChoosable: ({ reorder }) => reorder !== null,
  });
  const areChosen = selection.chosen.length > 0;
  const wanted = (areChosen ? selection.chosen : items).flatMap((item) =>
    item.reorder === null ? [] : [{ sku: item.sku, name: nameOf(item), units: item.reorder.units }],
  );
  return (
    <>
      <ReorderActs items={wanted} areChosen={areChosen} times={times} />
      <DataTable
        label={text.title}
        columns={columns}
        rows={items}
        keyOf={({ sku }) => sku}
        isOutdated={isOutdated}
        selection={may("stock:write") || may("mails:write") ? selection : undefined}
      />
    </>
  );
}
