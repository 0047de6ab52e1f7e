// What is on its way and what was received, with the buttons to receive and to announce a delivery.

import { Anchor, Badge, Button, Group, Stack, Text } from "@mantine/core";
import { IconPackageImport, IconTruckDelivery } from "@tabler/icons-react";
import { Link } from "react-router";
import {
  deliveryEntrySchema,
  type DeliveryEntryReply,
} from "../../contract/expected-deliveries.ts";
import { receiptEntrySchema, type ReceiptEntryReply } from "../../contract/receipts.ts";
import { type Column, DataTable } from "../lists/data-table.tsx";
import { FilterTabs } from "../lists/filter-tabs.tsx";
import { ListBody } from "../lists/list-body.tsx";
import { useAddress } from "../lists/use-address.ts";
import { usePages } from "../lists/use-pages.ts";
import { useMay } from "../session/session.ts";
import { Page } from "../shell/page.tsx";
import { actorWords } from "../words/actors.ts";
import { receivingLists as text } from "../words/en/receiving/lists.ts";
import { number } from "../words/numbers.ts";
import { day, Time } from "../words/time.tsx";
import { deliveryAddress, isLate, newReceiptAddress, receiptAddress } from "./receiving-queries.ts";

const choices = [
  { value: "open", label: text.onTheWay },
  { value: "received", label: text.received },
  { value: "closed", label: text.closed },
] as const;

/** The page. */
export function ReceivingPage() {
  const [{ show }, change] = useAddress({ show: "open" });
  return (
    <Page title={text.title} intro={text.intro} actions={<Actions />}>
      <FilterTabs
        label={text.choice}
        choices={choices}
        value={show}
        onChoose={(chosen) => change({ show: chosen })}
      />
      {show === "received" ? <Receipts /> : <Deliveries status={show} key={show} />}
    </Page>
  );
}

function Actions() {
  const may = useMay();
  if (!may("stock:write")) return null;
  return (
    <>
      <Button
        component={Link}
        to="/new-delivery"
        variant="default"
        leftSection={<IconTruckDelivery size={16} />}
      >
        {text.announce}
      </Button>
      <Button component={Link} to="/new-receipt" leftSection={<IconPackageImport size={16} />}>
        {text.receive}
      </Button>
    </>
  );
}

function Named({ to, name, supplier }: { to: string; name: string; supplier: string | null }) {
  return (
    <Stack gap={0}>
      <Anchor component={Link} to={to} fw={600}>
        {name}
      </Anchor>
      {supplier !== null && (
        <Text size="sm" c="dimmed">
          {supplier}
        </Text>
      )}
    </Stack>
  );
}

function Deliveries({ status }: { status: string }) {
  const pages = usePages({
    key: "expected-deliveries",
    path: "/expected-deliveries",
    entry: deliveryEntrySchema,
    query: { status: status === "closed" ? "closed" : "open" },
    refreshMs: 60_000,
  });
  const may = useMay();
  const isOpen = status !== "closed";
  const openColumns = may("stock:write") ? [...onTheWayColumns, receiveColumn] : onTheWayColumns;
  return (
    <ListBody pages={pages} empty={isOpen ? text.noneExpected : text.noneClosed}>
      {(deliveries, isOutdated) => (
        <DataTable
          label={isOpen ? text.onTheWay : text.closed}
          columns={isOpen ? openColumns : closedColumns}
          rows={deliveries}
          keyOf={({ id }) => id}
          isOutdated={isOutdated}
        />
      )}
    </ListBody>
  );
}

const commonColumns: readonly Column<DeliveryEntryReply>[] = [
  {
    header: text.deliveries.delivery,
    isLong: true,
    cell: ({ id, reference, supplier }) => (
      <Named to={deliveryAddress(id)} name={reference} supplier={supplier} />
    ),
  },
  { header: text.deliveries.expectedOn, cell: (entry) => <ExpectedOn delivery={entry} /> },
  { header: text.deliveries.expected, align: "right", cell: ({ units }) => number(units) },
  { header: text.deliveries.received, align: "right", cell: ({ received }) => number(received) },
];

const onTheWayColumns: readonly Column<DeliveryEntryReply>[] = [
  ...commonColumns,
  {
    header: text.deliveries.onTheWay,
    align: "right",
    cell: ({ incoming }) => <b>{number(incoming)}</b>,
  },
];

const closedColumns: readonly Column<DeliveryEntryReply>[] = [
  ...commonColumns,
  {
    header: text.deliveries.reason,
    isLong: true,
    cell: ({ closeReason }) => closeReason ?? text.deliveries.allCame,
  },
];

const receiveColumn: Column<DeliveryEntryReply> = {
  header: text.deliveries.receive,
  phone: "plain",
  cell: ({ reference }) => (
    <Button
      component={Link}
      to={newReceiptAddress({ delivery: reference })}
      variant="default"
      size="xs"
      aria-label={text.receiveNamed(reference)}
    >
      {text.deliveries.receive}
    </Button>
  ),
};

function ExpectedOn({ delivery }: { delivery: DeliveryEntryReply }) {
  const { expectedAt } = delivery;
  return (
    <Group gap="xs" wrap="nowrap" component="span">
      <time dateTime={expectedAt}>{day(expectedAt)}</time>
      {isLate(delivery) && (
        <Badge color="orange" variant="light">
          {text.late}
        </Badge>
      )}
    </Group>
  );
}

const receiptColumns: readonly Column<ReceiptEntryReply>[] = [
  {
    header: text.receipts.receipt,
    isLong: true,
    cell: ({ id, reference, supplier }) => (
      <Named to={receiptAddress(id)} name={reference} supplier={supplier} />
    ),
  },
  { header: text.receipts.received, cell: ({ receivedAt }) => <Time at={receivedAt} /> },
  { header: text.receipts.by, isLong: true, cell: ({ receivedBy }) => actorWords(receivedBy) },
  { header: text.receipts.items, align: "right", cell: ({ lineCount }) => number(lineCount) },
  { header: text.receipts.units, align: "right", cell: ({ units }) => <b>{number(units)}</b> },
];

/** The receipts, of one delivery if it is given. */
export function Receipts({ delivery }: { delivery?: string }) {
  const pages = usePages({
    key: "receipts",
    path: "/receipts",
    entry: receiptEntrySchema,
    query: { expectedDelivery: delivery },
    refreshMs: 60_000,
  });
  return (
    <ListBody pages={pages} empty={text.noReceipts}>
      {(receipts, isOutdated) => (
        <DataTable
          label={delivery === undefined ? text.receipts.all : text.receipts.ofDelivery(delivery)}
          columns={receiptColumns}
          rows={receipts}
          keyOf={({ id }) => id}
          isOutdated={isOutdated}
        />
      )}
    </ListBody>
  );
}

/** Loaded with this page: a part of its own would make the first load larger. */
export { RunningOutPage } from "../running-out/running-out-page.tsx";
