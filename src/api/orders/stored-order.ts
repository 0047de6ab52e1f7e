// Turns the outcome of an order's intake into a reply or a problem.

import type { LineRefusal } from "../../db/orders/find-items.ts";
import type { IntakeOutcome } from "../../db/orders/insert-orders.ts";
import { Problem } from "../http/problem.ts";
import type { NewOrderBody } from "./to-new-order.ts";
import type { ProblemDetail } from "../../contract/problem.ts";

/** The id and status of a stored order. Throws the problem of an order that was not stored. */
export function storedOrder(
  body: NewOrderBody,
  outcome: IntakeOutcome,
): { readonly id: string; readonly status: string; readonly known: boolean } {
  switch (outcome.kind) {
    case "accepted":
      return { id: outcome.id, status: "pending", known: false };
    case "known":
      return { id: outcome.id, status: outcome.status, known: true };
    case "reference-conflict":
      throw new Problem(
        "reference-conflict",
        `Order ${outcome.id} has the reference ${JSON.stringify(body.reference)} already, with other lines, customer or note. Send it unchanged to get that order, or use another reference.`,
        { extra: { orderId: outcome.id } },
      );
    case "refused":
      throw new Problem(
        "validation-failed",
        `${outcome.lines.length} of the order's ${body.lines.length} lines can't be ordered; nothing was stored.`,
        { errors: outcome.lines.map(describe) },
      );
  }
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
