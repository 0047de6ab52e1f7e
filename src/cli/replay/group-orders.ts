// Turns the rows of somebody's order history into orders, in the order in which each first appears, and
// says of every row and order that is left out why it is. Pure: it reads nothing and knows no clock.

import { orderLimits } from "../../contract/orders.ts";
import { OperatorError } from "../operator-error.ts";
import { type HistoryRow, readOrderLine } from "./order-line.ts";
import { createSkips, type Skipped } from "./skips.ts";

/** An order as it is posted. */
export type HistoryOrder = {
  readonly reference: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
};

/**
 * A history, ready to be replayed. Every row of the file is counted once: `rows` is the sum of `lines`, the counts of
 * `skippedRows` and `unreadable`, and `skippedOrderLines`.
 */
export type History = {
  readonly rows: number;
  readonly orders: readonly HistoryOrder[];
  /** Lines of all `orders`. */
  readonly lines: number;
  /** Every SKU that some order has, with its first name in the file, or else the SKU itself. */
  readonly names: ReadonlyMap<string, string>;
  /** Rows that are no sale. */
  readonly skippedRows: readonly Skipped[];
  /** Rows that could be sales, and can't be read. */
  readonly unreadable: Unreadable;
  readonly skippedOrders: readonly Skipped[];
  /** Lines of the skipped orders. */
  readonly skippedOrderLines: number;
};

/** What could not be read, by reason, and the first of it by line. */
export type Unreadable = {
  readonly count: number;
  readonly reasons: readonly Skipped[];
  readonly first: readonly string[];
};

/** A history under way: rows go in one by one. */
export type Grouping = {
  /** Takes the next row. Throws an `OperatorError` if the history is larger than is held in memory. */
  add(row: HistoryRow): void;
  /** Takes a line of the file that is no row as its head promises. */
  addFault(line: number, detail: string): void;
  finish(): History;
};

/** A history is held in memory while it is replayed: about 100 bytes a line. */
const linesMax = 5_000_000;
/** Unreadable rows that are told one by one. */
const toldMax = 10;

/** Creates an empty history. */
export function createGrouping(): Grouping {
  const lines = new Map<string, { sku: string; quantity: number }[]>();
  const names = new Map<string, string>();
  /** Each good SKU once: every line of it shares one text. */
  const skus = new Map<string, string>();
  const skippedRows = createSkips();
  const unreadable = createSkips();
  const told: string[] = [];
  let rows = 0;
  let kept = 0;

  function addUnreadable(line: number, reason: string, detail: string, example: string): void {
    if (told.length < toldMax) told.push(`line ${line}: ${detail}`);
    unreadable.add(reason, example);
  }

  return {
    add(row) {
      rows += 1;
      const read = readOrderLine(row, skus);
      const ofOrder = lines.get(row.reference) ?? [];
      // An order of which no line is left is told, so it has a place here.
      if (row.reference !== "" && ofOrder.length === 0) lines.set(apart(row.reference), ofOrder);
      if (read.kind === "no-sale") {
        skippedRows.add(read.reason, exampleOf(row));
        return;
      }
      if (read.kind === "unreadable") {
        addUnreadable(row.line, read.reason, read.detail, exampleOf(row));
        return;
      }
      const sku = skus.get(row.sku) ?? apart(row.sku);
      skus.set(sku, sku);
      if (row.name !== "" && !names.has(sku)) names.set(sku, apart(row.name));
      kept += 1;
      if (kept > linesMax) throw tooLarge();
      ofOrder.push({ sku, quantity: read.quantity });
    },
    addFault(line, detail) {
      rows += 1;
      addUnreadable(line, "not a row as the head promises", detail, `line ${line}: ${detail}`);
    },
    finish() {
      const skippedOrders = createSkips();
      let skippedOrderLines = 0;
      const orders = [...lines].flatMap(([reference, ofOrder]) => {
        const reason = orderFault(ofOrder.length);
        if (reason === undefined) return [{ reference, lines: ofOrder }];
        skippedOrders.add(reason, reference);
        skippedOrderLines += ofOrder.length;
        return [];
      });
      const ordered = new Set(orders.flatMap((order) => order.lines.map(({ sku }) => sku)));
      const reasons = unreadable.list();
      return {
        rows,
        orders,
        lines: kept - skippedOrderLines,
        names: new Map([...ordered].map((sku) => [sku, names.get(sku) ?? sku])),
        skippedRows: skippedRows.list(),
        unreadable: { count: countOf(reasons), reasons, first: told },
        skippedOrders: skippedOrders.list(),
        skippedOrderLines,
      };
    },
  };
}

/** How many were left out for all reasons. */
export function countOf(skipped: readonly Skipped[]): number {
  return skipped.reduce((sum, { count }) => sum + count, 0);
}

/** The text by itself: one cut from a piece of the file would keep all of the piece in memory. */
function apart(text: string): string {
  return Buffer.from(text).toString();
}

/** Groups rows that are all there. */
export function groupOrders(rows: Iterable<HistoryRow>): History {
  const grouping = createGrouping();
  for (const row of rows) grouping.add(row);
  return grouping.finish();
}

function orderFault(lines: number): string | undefined {
  if (lines === 0) return "no line left to order";
  if (lines > orderLimits.lines) return `over ${orderLimits.lines.toLocaleString("en")} lines`;
  return undefined;
}

function exampleOf({ line, reference, sku, quantity }: HistoryRow): string {
  const cells = [reference, sku, quantity].map((cell) => (cell === "" ? "(empty)" : cell));
  return `line ${line}: ${cells.join(", ")}`;
}

function tooLarge(): OperatorError {
  return new OperatorError(
    `Expected a file of at most ${linesMax.toLocaleString("en")} order lines; this one has more. ` +
      "Split it, each order whole in one part, and replay the parts one after the other.",
  );
}
