// The page of one receipt: what was received, by whom, and the count of each item after it.

import { Anchor, DataList, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import type { ReceiptReply } from "../../contract/receipts.ts";
import { Section } from "../forms/section.tsx";
import { type Column, DataTable } from "../lists/data-table.tsx";
import { Loaded } from "../shell/loaded.tsx";
import { Page } from "../shell/page.tsx";
import { actorWords } from "../words/actors.ts";
import { number } from "../words/numbers.ts";
import { Time } from "../words/time.tsx";
import { deliveryAddress, receiptQuery } from "./receiving-queries.ts";

type Line = ReceiptReply["lines"][number];

const columns: readonly Column<Line>[] = [
  { header: "Item", isLong: true, cell: ({ name }) => name },
  { header: "SKU", isLong: true, cell: ({ sku }) => sku },
  { header: "Received", align: "right", cell: ({ units }) => <b>+{number(units)}</b> },
  {
    header: "In stock afterwards",
    align: "right",
    cell: ({ unitsAfter, holder, sku }) => (
      <>
        {number(unitsAfter)}
        {holder.sku !== sku && (
          <Text size="sm" c="dimmed">
            of {holder.sku}
          </Text>
        )}
      </>
    ),
  },
];

/** The page. */
export function ReceiptPage() {
  const { id = "" } = useParams();
  const query = useQuery(receiptQuery(id));
  return (
    <Page
      title={query.data === undefined ? "Receipt" : `Receipt ${query.data.reference}`}
      back={{ to: "/receiving?show=received", label: "Receiving" }}
    >
      <Loaded query={query}>{(receipt) => <Receipt receipt={receipt} />}</Loaded>
    </Page>
  );
}

function Receipt({ receipt }: { receipt: ReceiptReply }) {
  const { supplier, note, expectedDelivery, lines, units } = receipt;
  return (
    <>
      <Section title="About this receipt">
        <DataList labelWidth="min(9rem, 35vw)">
          <Fact label="Received">
            <Time at={receipt.receivedAt} />, {actorWords(receipt.receivedBy)}
          </Fact>
          <Fact label="Units">{number(units)}</Fact>
          {supplier !== null && <Fact label="Supplier">{supplier}</Fact>}
          {expectedDelivery !== null && (
            <Fact label="Delivery">
              <Anchor component={Link} to={deliveryAddress(expectedDelivery)}>
                {expectedDelivery}
              </Anchor>
            </Fact>
          )}
          {note !== null && <Fact label="Note">{note}</Fact>}
        </DataList>
      </Section>
      <DataTable
        label="What was received"
        columns={columns}
        rows={lines}
        keyOf={({ sku }) => sku}
      />
    </>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <DataList.Item>
      <DataList.ItemLabel>{label}</DataList.ItemLabel>
      <DataList.ItemValue>{children}</DataList.ItemValue>
    </DataList.Item>
  );
}
