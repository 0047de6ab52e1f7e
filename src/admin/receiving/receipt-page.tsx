// The page of one receipt: what was received, by whom, and the count of each item after it.

import { Anchor, Badge, Button, DataList, Group, Modal, Stack, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useParams } from "react-router";
import type { ReceiptReply } from "../../contract/receipts.ts";
import { Section } from "../forms/section.tsx";
import { type Column, DataTable } from "../lists/data-table.tsx";
import { Loaded } from "../shell/loaded.tsx";
import { Page } from "../shell/page.tsx";
import { actorWords } from "../words/actors.ts";
import { useSend } from "../forms/use-send.ts";
import { useMay } from "../session/session.ts";
import { receipt as text } from "../words/en/receiving/receipt.ts";
import { number } from "../words/numbers.ts";
import { Time } from "../words/time.tsx";
import { deliveryAddress, receiptQuery } from "./receiving-queries.ts";
import { changesOf, undoReceipt } from "./undo-receipt.ts";

type Line = ReceiptReply["lines"][number];

const columns: readonly Column<Line>[] = [
  { header: text.items.item, isLong: true, cell: ({ name }) => name },
  { header: text.items.sku, isLong: true, cell: ({ sku }) => sku },
  {
    header: text.items.received,
    align: "right",
    cell: ({ units, movement }) => (
      <Group gap="xs" justify="flex-end">
        {movement.undoneBy !== null && (
          <Badge variant="light" color="gray" size="sm">
            {text.items.undone}
          </Badge>
        )}
        <b>+{number(units)}</b>
      </Group>
    ),
  },
  {
    header: text.items.inStock,
    align: "right",
    cell: ({ unitsAfter, holder, sku }) => (
      <>
        {number(unitsAfter)}
        {holder.sku !== sku && (
          <Text size="sm" c="dimmed">
            {text.items.of(holder.sku)}
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
      title={text.title(query.data?.reference)}
      back={{ to: "/receiving?show=received", label: text.back }}
      actions={query.data === undefined ? null : <Undo receipt={query.data} />}
    >
      <Loaded query={query}>{(receipt) => <Receipt receipt={receipt} />}</Loaded>
    </Page>
  );
}

function Receipt({ receipt }: { receipt: ReceiptReply }) {
  const { supplier, note, expectedDelivery, lines, units } = receipt;
  return (
    <>
      <Section title={text.facts.title}>
        <DataList labelWidth="min(9rem, 35vw)">
          <Fact label={text.facts.received}>
            <Time at={receipt.receivedAt} />, {actorWords(receipt.receivedBy)}
          </Fact>
          <Fact label={text.facts.units}>{number(units)}</Fact>
          {supplier !== null && <Fact label={text.facts.supplier}>{supplier}</Fact>}
          {expectedDelivery !== null && (
            <Fact label={text.facts.delivery}>
              <Anchor component={Link} to={deliveryAddress(expectedDelivery)}>
                {expectedDelivery}
              </Anchor>
            </Fact>
          )}
          {note !== null && <Fact label={text.facts.note}>{note}</Fact>}
        </DataList>
      </Section>
      <DataTable label={text.items.title} columns={columns} rows={lines} keyOf={({ sku }) => sku} />
    </>
  );
}

/** The button that undoes the receipt, with what that means; nothing if all of it is undone. */
function Undo({ receipt }: { receipt: ReceiptReply }) {
  const client = useQueryClient();
  const may = useMay();
  const [isAsking, setIsAsking] = useState(false);
  const changes = changesOf(receipt);
  const { run, isSending } = useSend({
    send: () => undoReceipt(client, receipt),
    onDone: () => setIsAsking(false),
  });
  if (!may("stock:write") || changes.length === 0) return null;
  const units = changes.reduce((sum, change) => sum + change.units, 0);
  return (
    <>
      <Button variant="default" onClick={() => setIsAsking(true)}>
        {text.undo.button}
      </Button>
      <Modal
        opened={isAsking}
        onClose={() => setIsAsking(false)}
        title={text.undo.title(receipt.reference)}
      >
        <Stack>
          <Text size="sm">{text.undo.units(units)}</Text>
          <Text size="sm">
            {receipt.expectedDelivery === null
              ? text.undo.stays
              : text.undo.staysOfDelivery(receipt.expectedDelivery)}
          </Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => setIsAsking(false)}>
              {text.undo.keep}
            </Button>
            <Button color="red.9" loading={isSending} onClick={() => run(undefined)} data-autofocus>
              {text.undo.send(changes.length)}
            </Button>
          </Group>
        </Stack>
      </Modal>
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
