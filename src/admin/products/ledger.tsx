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
import { stockHistory } from "../words/en/products/history.tsx";
import { shared } from "../words/en/shared.ts";
import { change, number } from "../words/numbers.ts";
import { useMay } from "../session/session.ts";
import { reasonWords } from "../words/stock-reasons.ts";
import { dateTime, Time } from "../words/time.tsx";
import { ClosedLedger } from "./closed-ledger.tsx";
import { useUndo } from "./undo.ts";

const text = stockHistory.ledger;

/** What a count found, and what it had been thought to be; which change an undo took back; else the kind. */
function causeWords(entry: MovementReply, entries: readonly MovementReply[]): string {
  const { kind, countedUnits, unitsAfter, undoes } = entry;
  if (countedUnits !== null) {
    return text.counted(countedUnits, unitsAfter - entry.change);
  }
  if (undoes === null) return text.kinds[kind];
  const undone = entries.find(({ id }) => id === undoes);
  return undone === undefined
    ? text.undoOfEarlier
    : text.undoOf(undone.change, dateTime(undone.at));
}

const columnsOf = (entries: readonly MovementReply[]): readonly Column<MovementReply>[] => [
  { header: text.columns.when, cell: ({ at }) => <Time at={at} /> },
  {
    header: text.columns.change,
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
  { header: text.columns.unitsAfter, align: "right", cell: ({ unitsAfter }) => number(unitsAfter) },
  {
    header: text.columns.cause,
    cell: (entry) =>
      entry.order === null ? (
        causeWords(entry, entries)
      ) : (
        <Text size="sm">
          {text.ofOrder(
            entry.kind,
            <Anchor component={Link} to={`/orders/${entry.order.id}`} size="sm">
              {entry.order.reference}
            </Anchor>,
          )}
        </Text>
      ),
  },
  {
    header: text.columns.reason,
    cell: ({ reason }) => (reason === null ? "–" : reasonWords[reason]),
  },
  { header: text.columns.who, isLong: true, cell: ({ actor }) => actorWords(actor) },
  { header: text.columns.note, isLong: true, cell: ({ note }) => note ?? "–" },
];

/** A button for each change that can be undone, and a word for those that were. */
function undoColumn(undo: (id: string) => void, isSending: boolean): Column<MovementReply> {
  return {
    header: text.columns.undo,
    phone: "plain",
    cell: (entry) => {
      if (entry.undoneBy !== null) {
        return (
          <Text size="sm" c="dimmed">
            {text.undone}
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
          aria-label={text.undo(entry.change, dateTime(entry.at))}
        >
          {shared.undo}
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
  const path = `/stock/${segment(sku)}/movements`;
  const pages = usePages({
    key: "stock",
    path,
    entry: movementSchema,
    refreshMs: 30_000,
  });
  return (
    <section aria-labelledby="ledger">
      <Title order={2} size="h4" id="ledger" mb="sm">
        {text.title}
      </Title>
      <ListBody pages={pages} empty={text.none}>
        {(entries, isOutdated) => (
          <DataTable
            label={text.title}
            columns={[...columnsOf(entries), ...undoing]}
            rows={entries}
            keyOf={({ id }) => id}
            isOutdated={isOutdated}
          />
        )}
      </ListBody>
      <ClosedLedger path={path} />
    </section>
  );
}
