// The ledger of a stock level: every movement with its cause, its order, and who made it.

import { Anchor, Button, Text, Title } from "@mantine/core";
import { Link } from "react-router";
import { movementSchema, type MovementReply } from "../../contract/stock.ts";
import { isUndoable } from "../../domain/stock/undo-movement.ts";
import { segment } from "../http/request.ts";
import { type Column, DataTable } from "../lists/data-table.tsx";
import { ListBody } from "../lists/list-body.tsx";
import { usePages } from "../lists/use-pages.ts";
import { actorWords } from "../words/actors.ts";
import { change, number } from "../words/numbers.ts";
import { useMay } from "../session/session.ts";
import { reasonWords } from "../words/stock-reasons.ts";
import { dateTime, Time } from "../words/time.tsx";
import { useUndo } from "./undo.ts";

const kinds = {
  sale: "Sale",
  allocation: "Allocated to an order",
  release: "Given back",
  restock: "Restored",
  adjustment: "Adjustment",
  receipt: "Received",
  import: "Import",
} as const satisfies Record<MovementReply["kind"], string>;

/** What a count found, and what it had been thought to be; which change an undo took back; else the kind. */
function causeWords(entry: MovementReply, entries: readonly MovementReply[]): string {
  const { kind, countedUnits, unitsAfter, undoes } = entry;
  if (countedUnits !== null) {
    return `Counted ${number(countedUnits)}, was ${number(unitsAfter - entry.change)}`;
  }
  if (undoes === null) return kinds[kind];
  const undone = entries.find(({ id }) => id === undoes);
  return undone === undefined
    ? "Undo of an earlier change"
    : `Undo of ${change(undone.change)} of ${dateTime(undone.at)}`;
}

const columnsOf = (entries: readonly MovementReply[]): readonly Column<MovementReply>[] => [
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
    cell: (entry) =>
      entry.order === null ? (
        causeWords(entry, entries)
      ) : (
        <Text size="sm">
          {kinds[entry.kind]}, order{" "}
          <Anchor component={Link} to={`/orders/${entry.order.id}`} size="sm">
            {entry.order.reference}
          </Anchor>
        </Text>
      ),
  },
  { header: "Reason", cell: ({ reason }) => (reason === null ? "–" : reasonWords[reason]) },
  { header: "Who", isLong: true, cell: ({ actor }) => actorWords(actor) },
  { header: "Note", isLong: true, cell: ({ note }) => note ?? "–" },
];

/** A button for each change that can be undone, and a word for those that were. */
function undoColumn(undo: (id: string) => void, isSending: boolean): Column<MovementReply> {
  return {
    header: "Undo",
    phone: "plain",
    cell: (entry) => {
      if (entry.undoneBy !== null) {
        return (
          <Text size="sm" c="dimmed">
            Undone
          </Text>
        );
      }
      if (!isUndoable(entry)) return null;
      return (
        <Button
          size="compact-sm"
          variant="default"
          disabled={isSending}
          onClick={() => undo(entry.id)}
          aria-label={`Undo ${change(entry.change)} of ${dateTime(entry.at)}`}
        >
          Undo
        </Button>
      );
    },
  };
}

/** The ledger, newest entry first. */
export function Ledger({ sku }: { sku: string }) {
  const may = useMay();
  const { undo, isSending } = useUndo(sku);
  const undoing = may("stock:write") ? [undoColumn(undo, isSending)] : [];
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
            columns={[...columnsOf(entries), ...undoing]}
            rows={entries}
            keyOf={({ id }) => id}
            isOutdated={isOutdated}
          />
        )}
      </ListBody>
    </section>
  );
}
