// Turns the body of a request into an order to be stored.

import { hash } from "node:crypto";
import type * as z from "zod";
import type { NewOrder } from "../../db/orders/insert-orders.ts";
import { soldUnits } from "../../domain/order/same-sale.ts";
import type { newOrderSchema } from "../../contract/orders.ts";

/** A parsed `POST /orders` body. */
export type NewOrderBody = z.output<typeof newOrderSchema>;

/** The order to be stored. Its fingerprint is that of its units of each SKU: with its reference, they make the sale. */
export function toNewOrder(
  { reference, lines, customer, note, payBy }: NewOrderBody,
  from: Pick<NewOrder, "id" | "acceptedBy" | "awaited" | "requestId" | "trace">,
): NewOrder {
  return {
    ...from,
    reference,
    fingerprint: hash("sha256", soldUnits(lines), "hex"),
    lines,
    customer: customer ?? null,
    note: note === "" ? null : (note ?? null),
    payBy: payBy === undefined ? null : new Date(payBy),
  };
}
