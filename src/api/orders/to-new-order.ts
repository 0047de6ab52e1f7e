// Turns the body of a request into an order to be stored.

import { hash } from "node:crypto";
import type * as z from "zod";
import type { NewOrder } from "../../db/orders/insert-orders.ts";
import type { newOrderSchema } from "../../contract/orders.ts";

/** A parsed `POST /orders` body. */
export type NewOrderBody = z.output<typeof newOrderSchema>;

/** The order to be stored. Its fingerprint covers all fields of the body but the reference. */
export function toNewOrder(
  body: NewOrderBody,
  from: { readonly id: string; readonly acceptedBy: string; readonly awaited: boolean },
): NewOrder {
  const customer = body.customer === undefined ? null : JSON.stringify(body.customer);
  const note = body.note ?? null;
  const lines = body.lines.map(({ sku, quantity }) => [sku, quantity]);
  return {
    ...from,
    reference: body.reference,
    fingerprint: hash("sha256", JSON.stringify([lines, customer, note]), "hex"),
    lines: body.lines,
    customer,
    note,
  };
}
