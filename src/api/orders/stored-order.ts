// Turns the outcome of an order's intake into a reply or a problem.

import type { LineRefusal } from "../../db/orders/find-items.ts";
import type { IntakeOutcome } from "../../db/orders/insert-orders.ts";
import { quoted } from "../../domain/quoted.ts";
import type { OrderStatus } from "../../domain/order/order-status.ts";
import { payByDaysMax } from "../../domain/order/payment.ts";
import { Problem } from "../http/problem.ts";
import type { NewOrderBody } from "./to-new-order.ts";
import type { ProblemDetail } from "../../contract/problem.ts";

/** The id and status of a stored order. Throws the problem of an order that was not stored. */
export function storedOrder(
  body: NewOrderBody,
  outcome: IntakeOutcome,
): { readonly id: string; readonly status: OrderStatus; readonly known: boolean } {
  switch (outcome.kind) {
    case "accepted":
      return { id: outcome.id, status: outcome.status, known: false };
    case "known":
      return { id: outcome.id, status: outcome.status, known: true };
    case "reference-conflict":
      throw referenceConflict(body.reference, outcome);
    case "refused":
      throw refusalOf(body, outcome);
  }
}

/** The most differences that a problem names. */
const differencesMax = 3;

function referenceConflict(
  reference: string,
  { id, status, differences }: Extract<IntakeOutcome, { readonly kind: "reference-conflict" }>,
): Problem {
  const some = differences
    .slice(0, differencesMax)
    .map(({ sku, stored, sent }) => `${stored} of ${quoted(sku)} and not ${sent}`);
  const more = differences.length - some.length;
  const goods = more > 0 ? `${some.join(", ")}, and ${more} more` : some.join(", ");
  return new Problem(
    "reference-conflict",
    `Order ${id} has the reference ${quoted(reference)} already, for other goods: ${goods}. ${becameOf(status)} Nothing of this request was stored. Send the order's own lines to get that order, or use another reference for another sale.`,
    { extra: { orderId: id, orderStatus: status } },
  );
}

/** What became of an order, as a sentence. */
function becameOf(status: string): string {
  if (status === "pending") return "It is pending: it waits for its decision.";
  if (status === "rejected") return "It was rejected and took nothing.";
  return `It is ${status}.`;
}

/** The problem of an order that was refused for its lines, its time for payment, or both. */
function refusalOf(
  body: NewOrderBody,
  { lines, payBy }: Extract<IntakeOutcome, { readonly kind: "refused" }>,
): Problem {
  const ofLines = `${lines.length} of the order's ${body.lines.length} lines can't be ordered`;
  const detail = lines.length > 0 ? ofLines : "The order's time for payment can't be accepted";
  const ofPayBy =
    payBy === null
      ? []
      : [
          {
            pointer: "/payBy",
            detail: `Expected a time in the future, at most ${payByDaysMax} days ahead; got ${JSON.stringify(body.payBy)}.`,
            code: payBy,
          },
        ];
  return new Problem("validation-failed", `${detail}; nothing was stored.`, {
    errors: [...lines.map(describe), ...ofPayBy],
  });
}

const expectations: Readonly<Record<LineRefusal["reason"], string>> = {
  "unknown-sku": "Expected the SKU of a product or variant; there is none with this SKU",
  disabled: "Expected an item that is for sale; this one is disabled",
  "variant-required":
    "Expected the SKU of one of the product's variants; this is the product itself",
};

function describe({ line, sku, reason }: LineRefusal): ProblemDetail {
  return {
    pointer: `/lines/${line}/sku`,
    detail: `${expectations[reason]}; got ${JSON.stringify(sku)}.`,
    code: reason,
  };
}
