// The page of one expected delivery: what is still on its way, what came, what differs, and the actions.

import { Badge, Button, DataList, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { IconPackageImport } from "@tabler/icons-react";
import { Link, useParams } from "react-router";
import type { DeliveryReply } from "../../contract/expected-deliveries.ts";
import { Section } from "../forms/section.tsx";
import { type Column, DataTable } from "../lists/data-table.tsx";
import { useMay } from "../session/session.ts";
import { Loaded } from "../shell/loaded.tsx";
import { Page } from "../shell/page.tsx";
import { actorWords } from "../words/actors.ts";
import { delivery as text } from "../words/en/receiving/delivery.ts";
import { number } from "../words/numbers.ts";
import { day, Time } from "../words/time.tsx";
import { ChangeDelivery, CloseDelivery } from "./delivery-actions.tsx";
import { deliveryQuery, isLate, newReceiptAddress } from "./receiving-queries.ts";
import { Receipts } from "./receiving-page.tsx";

type Line = DeliveryReply["lines"][number];

/** The page. */
export function DeliveryPage() {
  const { id = "" } = useParams();
  const query = useQuery(deliveryQuery(id));
  return (
    <Page
      title={text.title(query.data?.reference)}
      badge={query.data !== undefined && <StateBadge delivery={query.data} />}
      back={{ to: "/receiving", label: text.back }}
      actions={query.data?.status === "open" && <Receive delivery={query.data} />}
    >
      <Loaded query={query}>{(delivery) => <Delivery delivery={delivery} />}</Loaded>
    </Page>
  );
}

function StateBadge({ delivery }: { delivery: DeliveryReply }) {
  const { label, color } = stateOf(delivery);
  return (
    <Badge color={color} variant="light">
      {label}
    </Badge>
  );
}

function stateOf(delivery: DeliveryReply) {
  const { status, received, closeReason } = delivery;
  if (isLate(delivery)) return { label: text.states.late, color: "orange" };
  if (status === "open") return { label: text.states.onTheWay, color: "blue" };
  if (closeReason === null) return { label: text.states.allCame, color: "teal" };
  return received === 0
    ? { label: text.states.cancelled, color: "gray" }
    : { label: text.states.different, color: "gray" };
}

function Receive({ delivery: { reference } }: { delivery: DeliveryReply }) {
  const may = useMay();
  if (!may("stock:write")) return null;
  return (
    <Button
      component={Link}
      to={newReceiptAddress({ delivery: reference })}
      leftSection={<IconPackageImport size={16} />}
    >
      {text.receive}
    </Button>
  );
}

function Delivery({ delivery }: { delivery: DeliveryReply }) {
  const may = useMay();
  const { status, supplier, note, expectedAt, closedAt, closedBy, closeReason } = delivery;
  const isOpen = status === "open";
  return (
    <>
      <Section title={text.facts.title}>
        <DataList labelWidth="min(9rem, 35vw)">
          <Fact label={text.facts.expectedOn}>
            <time dateTime={expectedAt}>{day(expectedAt)}</time>
          </Fact>
          {supplier !== null && <Fact label={text.facts.supplier}>{supplier}</Fact>}
          {note !== null && <Fact label={text.facts.note}>{note}</Fact>}
          <Fact label={text.facts.announced}>
            <Time at={delivery.createdAt} />, {actorWords(delivery.createdBy)}
          </Fact>
          {closedAt !== null && (
            <Fact label={text.facts.closed}>
              <Time at={closedAt} />, {actorWords(closedBy)}
            </Fact>
          )}
          {closeReason !== null && <Fact label={text.facts.reason}>{closeReason}</Fact>}
        </DataList>
      </Section>
      <DataTable
        label={text.items.title}
        columns={columnsOf(delivery)}
        rows={delivery.lines}
        keyOf={({ sku }) => sku}
      />
      {isOpen && may("stock:write") && (
        <>
          <ChangeDelivery key={expectedAt} delivery={delivery} />
          <CloseDelivery delivery={delivery} />
        </>
      )}
      {delivery.received > 0 && (
        <section aria-labelledby="receipts">
          <Title order={2} size="h4" id="receipts" mb="sm">
            {text.receivedSoFar}
          </Title>
          <Receipts delivery={delivery.reference} />
        </section>
      )}
    </>
  );
}

function columnsOf({ status, differences }: DeliveryReply): Column<Line>[] {
  const kindOf = new Map(differences.map(({ sku, kind }) => [sku, kind]));
  return [
    { header: text.items.item, isLong: true, cell: ({ name, sku }) => name ?? sku },
    { header: text.items.sku, isLong: true, cell: ({ sku }) => sku },
    { header: text.items.expected, align: "right", cell: ({ units }) => number(units) },
    { header: text.items.received, align: "right", cell: ({ received }) => number(received) },
    ...(status === "open"
      ? [
          {
            header: text.items.onTheWay,
            align: "right",
            cell: ({ incoming }: Line) => <b>{number(incoming)}</b>,
          } as const,
        ]
      : []),
    {
      header: text.items.difference,
      cell: (line) => <DifferenceWords line={line} kind={kindOf.get(line.sku)} />,
    },
  ];
}

type DifferenceWordsProps = {
  readonly line: Line;
  readonly kind: DeliveryReply["differences"][number]["kind"] | undefined;
};

function DifferenceWords({ line: { units, received }, kind }: DifferenceWordsProps) {
  if (kind === undefined) return "–";
  const words = {
    less: text.differences.less(units - received),
    more: text.differences.more(received - units),
    "not-expected": text.differences.notExpected,
  }[kind];
  return <Text size="sm">{words}</Text>;
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <DataList.Item>
      <DataList.ItemLabel>{label}</DataList.ItemLabel>
      <DataList.ItemValue>{children}</DataList.ItemValue>
    </DataList.Item>
  );
}
