// Turns the rows of somebody's order history into orders, in the order in which each first appears, and
// says of every row and order that is left out why it is. Pure: it reads nothing and knows no clock.

import { skuSchema } from "../../api/catalogue/sku.ts";
import { newOrder, orderLimits } from "../../api/orders/order-schemas.ts";
import { OperatorError } from "../operator-error.ts";
import { createSkips, type Skipped } from "./skips.ts";

/** One row of the file, its cells still as text. */
export type HistoryRow = {
  /** The line of the file where the row ends, for messages. */
  readonly line: number;
  readonly reference: string;
  readonly sku: string;
  readonly quantity: string;
  readonly name: string;
};

/** An order as it is posted. */
export type HistoryOrder = {
  readonly reference: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
};

/** A history, ready to be replayed. */
export type History = {
  readonly rows: number;
  readonly orders: readonly HistoryOrder[];
  /** Every SKU that some order has, with its first name in the file, or else the SKU itself. */
  readonly names: ReadonlyMap<string, string>;
  readonly skippedRows: readonly Skipped[];
  readonly skippedOrders: readonly Skipped[];
};

/** A history under way: rows go in one by one. */
export type Grouping = {
  /** Takes the next row. Throws an `OperatorError` where the history is larger than is held in memory. */
  add(row: HistoryRow): void;
  finish(): History;
};

/** A history is held in memory while it is replayed: about 100 bytes a line. */
const linesMax = 5_000_000;

const referenceSchema = newOrder.shape.reference;

/** Creates an empty history. */
export function createGrouping(): Grouping {
  const lines = new Map<string, { sku: string; quantity: number }[]>();
  const names = new Map<string, string>();
  const skus = new Set<string>();
  const skippedRows = createSkips();
  let rows = 0;
  let kept = 0;

  return {
    add(row) {
      rows += 1;
      const fault = referenceFault(row.reference);
      const ofOrder = fault === undefined ? (lines.get(row.reference) ?? []) : [];
      if (fault === undefined) lines.set(row.reference, ofOrder);
      const quantity = parseQuantity(row.quantity);
      const reason = fault ?? skuFault(row.sku, skus) ?? quantity.fault;
      if (reason !== undefined) {
        skippedRows.add(reason, exampleOf(row));
        return;
      }
      if (row.name !== "" && !names.has(row.sku)) names.set(row.sku, row.name);
      kept += 1;
      if (kept > linesMax) throw tooLarge();
      ofOrder.push({ sku: row.sku, quantity: quantity.units });
    },
    finish() {
      const skippedOrders = createSkips();
      const orders = [...lines].flatMap(([reference, ofOrder]) => {
        const reason = orderFault(ofOrder.length);
        if (reason === undefined) return [{ reference, lines: ofOrder }];
        skippedOrders.add(reason, reference);
        return [];
      });
      const ordered = new Set(orders.flatMap((order) => order.lines.map(({ sku }) => sku)));
      return {
        rows,
        orders,
        names: new Map([...ordered].map((sku) => [sku, names.get(sku) ?? sku])),
        skippedRows: skippedRows.list(),
        skippedOrders: skippedOrders.list(),
      };
    },
  };
}

/** Groups rows that are all there. */
export function groupOrders(rows: Iterable<HistoryRow>): History {
  const grouping = createGrouping();
  for (const row of rows) grouping.add(row);
  return grouping.finish();
}

function referenceFault(reference: string): string | undefined {
  if (reference === "") return "no order reference";
  if (!referenceSchema.safeParse(reference).success) {
    return "an order reference that the API does not take (too long, or control characters)";
  }
  return undefined;
}

/** `known` holds the codes found to be good, so that each is looked at once. */
function skuFault(sku: string, known: Set<string>): string | undefined {
  if (known.has(sku)) return undefined;
  if (sku === "") return "no product code";
  if (!skuSchema.safeParse(sku).success) {
    return "a product code that the API does not take (too long, or control characters)";
  }
  known.add(sku);
  return undefined;
}

/**
 * Reads a quantity as spreadsheets write it: `6`, also as `6.0` or `6.00`. A comma is never read, since
 * it parts thousands for some people and decimals for others.
 */
function parseQuantity(text: string): { units: number; fault?: string } {
  if (text === "") return { units: 0, fault: "no quantity" };
  const match = /^(?<sign>[+-]?)(?<units>\d+)(?:\.0{1,2})?$/.exec(text);
  if (match === null) return { units: 0, fault: "a quantity that is not a whole number" };
  const units = Number(match.groups?.["units"]);
  if (units === 0) return { units, fault: "a quantity of zero" };
  if (match.groups?.["sign"] === "-") return { units, fault: "a negative quantity" };
  if (units > orderLimits.quantity) {
    return { units, fault: `a quantity over ${orderLimits.quantity.toLocaleString("en")}` };
  }
  return { units };
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
