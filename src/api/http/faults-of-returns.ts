// The faults of a request to cancel, refund or restock units of an order: for each line, what was expected and what came.

import type { GivingUp, LineNotLeft } from "../../domain/order/give-up.ts";
import type { UnrestockableLine } from "../../domain/order/restock.ts";

const quote = (text: string) => JSON.stringify(text);

/** Why units can't be cancelled or refunded. */
export function notLeft(change: GivingUp, { index, sku, reason, requested, left }: LineNotLeft) {
  const detail =
    reason === "not-in-order"
      ? `Expected a SKU of this order; it has no ${quote(sku)}.`
      : `Expected at most ${left} units of ${quote(sku)}, which is what is left to be ${change}; got ${requested}.`;
  return { pointer: `/lines/${index}`, detail, code: reason, left };
}

/** Why units that are given up can't go back to stock. */
export function noCount(sku: string) {
  const detail = `${quote(sku)} was deleted and nothing has its SKU now, so there is no count to put its units back to. Create it again first, or send restock: false.`;
  return { pointer: "/restock", detail, code: "deleted", sku };
}

/** Why units can't be restocked. */
export function unrestockable({ index, sku, reason, requested, restockable }: UnrestockableLine) {
  const detail = {
    "not-in-order": `Expected a SKU of this order; it has no ${quote(sku)}.`,
    deleted: `${quote(sku)} was deleted and nothing has its SKU now, so there is no count to put its units back to. Leave it out, or create it again first.`,
    "more-than-taken": `Expected at most ${restockable} units of ${quote(sku)}, which is what was taken, given up and has not come back; got ${requested}.`,
  }[reason];
  return { pointer: `/lines/${index}`, detail, code: reason, restockable };
}
