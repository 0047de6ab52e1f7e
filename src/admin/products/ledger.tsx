// The ledger of a stock level: every movement with its cause, its order, and who made it.

import { Anchor, Text, Title } from "@mantine/core";
import { Link } from "react-router";
import { movementSchema, type MovementReply } from "../../contract/stock.ts";
import { segment } from "../http/request.ts";
import { type Column, DataTable } from "../lists/data-table.tsx";
import { ListBody } from "../lists/list-body.tsx";
import { usePages } from "../lists/use-pages.ts";
import { actorWords } from "../words/actors.ts";
import { change, number } from "../words/numbers.ts";
import { reasonWords } from "../words/stock-reasons.ts";
import { Time } from "../words/time.tsx";

const kinds = {
  sale: "Sale",
  allocation: "Allocated to an order",
  release: "Given back",
  restock: "Restored",
  adjustment: "Adjustment",
  receipt: "Received",
  import: "Import",
} as const satisfies Record<MovementReply["kind"], string>;

const columns: readonly Column<MovementReply>[] = [
  { header: "When", cell: ({ at }) => <Time at={at} /> },
  {
    header: "Change",
    align: "right",
    cell: (entry) => (
      <Text
        span
        size="sm"
        fw={600}
        c={`var(--mantine-color-${entry.change < 0 ? "text" : "teal-light-color"})`}
      >
        {change(entry.change)}
      </Text>
    ),
  },
  { header: "Units after", align: "right", cell: ({ unitsAfter }) => number(unitsAfter) },
  {
    header: "Cause",
    cell: ({ kind, order }) =>
      order === null ? (
        kinds[kind]
      ) : (
        <Text size="sm">
          {kinds[kind]}, order{" "}
          <Anchor component={Link} to={`/orders/${order.id}`} size="sm">
            {order.reference}
          </Anchor>
        </Text>
      ),
  },
  { header: "Reason", cell: ({ reason }) => (reason === null ? "–" : reasonWords[reason]) },
  { header: "Who", isLong: true, cell: ({ actor }) => actorWords(actor) },
  { header: "Note", isLong: true, cell: ({ note }) => note ?? "–" },
];

/** The ledger, newest entry first. */
export function Ledger({ sku }: { sku: string }) {
  const pages = usePages({
    key: "stock",
    path: `/stock/${segment(sku)}/movements`,
    entry: movementSchema,
    refreshMs: 30_000,
  });
  return (
    <section aria-labelledby="ledger">
      <Title order={2} size="h4" id="ledger" mb="sm">
        Ledger
      </Title>
      <ListBody
        pages={pages}
        empty={{
          title: "No changes yet",
          text: "Every sale, delivery and count is listed here.",
        }}
      >
        {(entries, isOutdated) => (
          <DataTable
            label="Ledger"
            columns={columns}
            rows={entries}
            keyOf={({ id }) => id}
            isOutdated={isOutdated}
          />
        )}
      </ListBody>
    </section>
  );
}
