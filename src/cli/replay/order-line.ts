// Decides what one row of an order history is: a line of an order, no sale, or unreadable. Pure.

import { skuSchema } from "../../contract/sku.ts";
import { newOrderSchema, orderLimits } from "../../contract/orders.ts";
import type { Judgement } from "../../domain/order-report/order-report.ts";
import { quoted } from "../../domain/quoted.ts";
import { readWholeNumber } from "../../domain/whole-number.ts";

/** One row of the file. The cells are trimmed text; `reference` and `sku` are in the form that is compared. */
export type HistoryRow = {
  /** The line of the file where the row begins, for messages. */
  readonly line: number;
  readonly reference: string;
  readonly sku: string;
  readonly quantity: string;
  readonly name: string;
  /** When the order was placed. Empty if the row does not say; left out if no column has it. */
  readonly date?: string;
  /** What the statuses of the row say; left out if no column has one. */
  readonly judgement?: Judgement;
};

/**
 * What a row is. Histories have `no-sale` rows, such as returns and totals. An `unreadable` row is an error, because it
 * could be a sale. Counts are by `reason`; `detail` says what was expected and what came.
 */
export type ReadOrderLine =
  | { readonly kind: "line"; readonly quantity: number }
  | { readonly kind: "no-sale"; readonly reason: string }
  | { readonly kind: "unreadable"; readonly reason: string; readonly detail: string };

const referenceSchema = newOrderSchema.shape.reference;

/** Reads a row. It does not check SKUs in `knownSkus` again, which are known to be valid. */
export function readOrderLine(
  row: HistoryRow,
  knownSkus: { has(sku: string): boolean },
): ReadOrderLine {
  const { reference, sku, quantity, judgement } = row;
  if (reference === "") return noSale("no order reference");
  if (judgement?.kind === "unknown") return unknownStatus(judgement.status);
  if (judgement?.kind === "not-sold" && judgement.what === "line") {
    return noSale(`a line that is ${judgement.reason}`);
  }
  if (sku === "") return noSale("no product code");
  if (quantity === "") return noSale("no quantity");
  if (!referenceSchema.safeParse(reference).success)
    return unusable("an order reference", reference);
  if (!knownSkus.has(sku) && !skuSchema.safeParse(sku).success) {
    return unusable("a product code", sku);
  }
  return readQuantity(quantity);
}

function readQuantity(text: string): ReadOrderLine {
  const read = readWholeNumber(text);
  if (!read.ok) {
    const reason = "a quantity that is not a whole number";
    return { kind: "unreadable", reason, detail: read.detail };
  }
  if (read.value === 0) return noSale("a quantity of zero");
  if (read.value < 0) return noSale("a negative quantity");
  if (read.value > orderLimits.quantity) {
    const max = orderLimits.quantity.toLocaleString("en");
    const detail = `Expected a quantity of at most ${max}; got ${quoted(text)}.`;
    return { kind: "unreadable", reason: `a quantity over ${max}`, detail };
  }
  return { kind: "line", quantity: read.value };
}

function unknownStatus(status: string): ReadOrderLine {
  return {
    kind: "unreadable",
    reason: "a status that is not known",
    detail: `Expected a status that is known; got ${quoted(status)}. If orders of it are sales, use --sold ${JSON.stringify(status)}; if not, use --not-sold ${JSON.stringify(status)}.`,
  };
}

function noSale(reason: string): ReadOrderLine {
  return { kind: "no-sale", reason };
}

function unusable(what: string, text: string): ReadOrderLine {
  return {
    kind: "unreadable",
    reason: `${what} that the API does not accept (too long, or with control characters or invisible ones)`,
    detail: `Expected ${what} on one line that is not too long and has no invisible characters; got ${quoted(text)}.`,
  };
}
