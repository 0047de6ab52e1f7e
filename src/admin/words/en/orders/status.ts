// The texts for the state of an order: its status, what became of its units, and why it was rejected. The search shows
// them, too.

import type { OrderStatus } from "../../../../domain/order/order-status.ts";
import { count, number } from "../../numbers.ts";

/** Units of an order that were given up. */
type GivenUp = { readonly to: "cancelled" | "refunded"; readonly units: number };

/** The texts. */
export const orderStatus = {
  labels: {
    "awaiting-payment": "Awaiting payment",
    pending: "Pending",
    confirmed: "Confirmed",
    rejected: "Rejected",
    cancelled: "Cancelled",
    refunded: "Refunded",
    expired: "Expired",
  } satisfies Record<OrderStatus, string>,
  /** What became of some of an order's units. */
  partly(all: number, first: GivenUp, second: GivenUp | undefined): string {
    const start = `${number(first.units)} of ${number(all)} ${first.to}`;
    return second === undefined ? start : `${start}, ${number(second.units)} ${second.to}`;
  },
  shortage: {
    outOfStock: (items: string, requested: number) =>
      `${items} was out of stock; ${count(requested, "unit")} ordered.`,
    noneLeft: (items: string, requested: number) =>
      `${items}: none left; ${count(requested, "unit")} ordered.`,
    allHeldBack: (items: string, requested: number, heldBack: string) =>
      `${items} was not sold: ${heldBack}; ${count(requested, "unit")} ordered.`,
    tooFew: (items: string, requested: number, available: number, heldBack: string | null) =>
      `${items}: ${number(requested)} ordered, ${number(available)} available${heldBack === null ? "" : ` (${heldBack})`}.`,
    noLongerSold: (items: string, requested: number) =>
      `${items} was deleted or hidden before the order was decided; ${count(requested, "unit")} ordered.`,
  },
};
