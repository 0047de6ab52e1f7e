// Groups the rows of an order history into orders: the oldest first if they have dates, otherwise in the order in which
// each first appears. Gives a reason for each row and each order that it leaves out. Pure.

import { orderLimits } from "../../contract/orders.ts";
import { readOrderTime, type SlashedDateForm } from "../../domain/order-report/read-order-time.ts";
import { quoted } from "../../domain/quoted.ts";
import { OperatorError } from "../operator-error.ts";
import { type HistoryRow, readOrderLine } from "./order-line.ts";
import { createSkips, type Skipped } from "./skips.ts";

/** An order, as the API takes it. */
export type HistoryOrder = {
  readonly reference: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
};

/**
 * A history, ready to be replayed. Every row of the file is counted once: `rows` is the sum of `lines`,
 * `skippedOrderLines`, and the counts of `skippedRows` and `unreadable`.
 */
export type History = {
  readonly rows: number;
  readonly orders: readonly HistoryOrder[];
  /** Lines of all `orders`. */
  readonly lines: number;
  /** Every SKU of the orders, with its first name in the file, or else the SKU itself. */
  readonly names: ReadonlyMap<string, string>;
  /** Rows that are not sales, such as returns. */
  readonly skippedRows: readonly Skipped[];
  /** Rows that can't be read. Each could be a sale. */
  readonly unreadable: Unreadable;
  readonly skippedOrders: readonly Skipped[];
  /** Lines of the skipped orders. */
  readonly skippedOrderLines: number;
  /** If the orders have dates: when the first and the last was placed, in milliseconds since 1970. */
  readonly placed?: { readonly first: number | undefined; readonly last: number | undefined };
};

/** The rows that can't be read: counts by reason, and messages for the first rows. */
export type Unreadable = {
  readonly count: number;
  readonly reasons: readonly Skipped[];
  readonly first: readonly string[];
};

/** Builds a history row by row. */
export type Grouping = {
  /** Adds the next row. Throws an `OperatorError` if the history is too large for memory. */
  add(row: HistoryRow): void;
  /** Counts a line that does not fit the file's header. */
  addFault(line: number, detail: string): void;
  finish(): History;
};

/** A replay keeps the whole history in memory, about 100 bytes a line. */
const linesMax = 5_000_000;
/** How many unreadable rows get a message of their own. */
const messagesMax = 10;

/** How the orders of a history are put in order. */
export type GroupingRules = {
  /** The orders have a time, and the oldest comes first. Otherwise they keep the order of the file. */
  readonly oldestFirst: boolean;
  /** What comes first in a date with slashes; undefined: such a date is unreadable. */
  readonly slashedDates?: SlashedDateForm | undefined;
};

/** What is known of an order so far. */
type Gathered = {
  readonly firstLine: number;
  readonly lines: { sku: string; quantity: number }[];
  /** When it was placed, in milliseconds since 1970. */
  at: number | undefined;
  /** Why the whole order is no sale. */
  notSold: string | undefined;
};

/** Creates an empty history. */
export function createGrouping(rules: GroupingRules = { oldestFirst: false }): Grouping {
  const gathered = new Map<string, Gathered>();
  const names = new Map<string, string>();
  /** The valid SKUs. All lines of a SKU share one string, to save memory. */
  const skus = new Map<string, string>();
  const skippedRows = createSkips();
  const unreadable = createSkips();
  const messages: string[] = [];
  let rows = 0;
  let kept = 0;

  function addUnreadable(line: number, reason: string, detail: string, example: string): void {
    if (messages.length < messagesMax) messages.push(`line ${line}: ${detail}`);
    unreadable.add(reason, example);
  }

  /** The order of a row. It is kept also if it gets no line at all: then it is reported as skipped. */
  function orderOf(row: HistoryRow): Gathered {
    const known = gathered.get(row.reference);
    if (known !== undefined) return known;
    const order = { firstLine: row.line, lines: [], at: undefined, notSold: undefined };
    if (row.reference !== "") gathered.set(copyOf(row.reference), order);
    return order;
  }

  /** Reads what the row says of its whole order. Returns a fault if its date can't be read. */
  function describeOrder(order: Gathered, { date, judgement }: HistoryRow): string | undefined {
    if (judgement?.kind === "not-sold" && judgement.what === "order") {
      order.notSold ??= judgement.reason;
    }
    if (date === undefined || date === "" || order.at !== undefined) return undefined;
    const read = readOrderTime(date, rules.slashedDates);
    if (read.ok) order.at = read.at;
    return read.ok ? undefined : read.detail;
  }

  function addRow(row: HistoryRow): void {
    const order = orderOf(row);
    const dateFault = describeOrder(order, row);
    const read = readOrderLine(row, skus);
    if (read.kind === "no-sale") {
      skippedRows.add(read.reason, exampleOf(row));
    } else if (read.kind === "unreadable") {
      addUnreadable(row.line, read.reason, read.detail, exampleOf(row));
    } else if (dateFault !== undefined) {
      addUnreadable(row.line, "a date that can't be read", dateFault, exampleOf(row));
    } else {
      const sku = skus.get(row.sku) ?? copyOf(row.sku);
      skus.set(sku, sku);
      if (row.name !== "" && !names.has(sku)) names.set(sku, copyOf(row.name));
      kept += 1;
      if (kept > linesMax) throw tooLarge();
      order.lines.push({ sku, quantity: read.quantity });
    }
  }

  /** Orders that can't be placed in time are unreadable with all their lines, because each could be a sale. */
  function refuseUndated(): void {
    for (const [reference, { at, lines, firstLine, notSold }] of gathered) {
      if (at !== undefined || lines.length === 0 || notSold !== undefined) continue;
      const detail = `Expected a date for the order ${quoted(reference)}; its rows have none.`;
      for (let count = 0; count < lines.length; count += 1) {
        addUnreadable(firstLine, "an order without a date", detail, reference);
      }
      kept -= lines.length;
      gathered.delete(reference);
    }
  }

  return {
    add(row) {
      rows += 1;
      addRow(row);
    },
    addFault(line, detail) {
      rows += 1;
      addUnreadable(line, "a row that does not fit the header", detail, `line ${line}: ${detail}`);
    },
    finish() {
      if (rules.oldestFirst) refuseUndated();
      const skippedOrders = createSkips();
      let skippedOrderLines = 0;
      const entries = [...gathered];
      if (rules.oldestFirst) entries.sort(([, a], [, b]) => (a.at ?? 0) - (b.at ?? 0));
      const times: (number | undefined)[] = [];
      const orders = entries.flatMap(([reference, { lines, at, notSold }]) => {
        const reason = notSold ?? orderFault(lines.length);
        if (reason === undefined) {
          times.push(at);
          return [{ reference, lines }];
        }
        skippedOrders.add(reason, reference);
        skippedOrderLines += lines.length;
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
        unreadable: { count: countOf(reasons), reasons, first: messages },
        skippedOrders: skippedOrders.list(),
        skippedOrderLines,
        ...(rules.oldestFirst ? { placed: { first: times[0], last: times.at(-1) } } : {}),
      };
    },
  };
}

/** The sum over all reasons. */
export function countOf(skipped: readonly Skipped[]): number {
  return skipped.reduce((sum, { count }) => sum + count, 0);
}

/** A copy of the text. V8 would otherwise keep the whole piece of the file that it was cut from in memory. */
function copyOf(text: string): string {
  return Buffer.from(text).toString();
}

/** Groups rows that are in memory already. */
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
      "Split it so that each order is in one part, and replay the parts one after the other.",
  );
}
