// The rules of payment: when stock is taken, what a payment does to an order, and when an unpaid order expires.

import { mayBecome, type OrderStatus } from "./order-status.ts";

/** When stock is taken: as soon as an order is placed, or once it is paid. */
export const stockTakings = ["placed", "paid"] as const;

/** When stock is taken. */
export type StockTaking = (typeof stockTakings)[number];

/** The state of a new order. */
export function firstStatus(takeStock: StockTaking): "pending" | "awaiting-payment" {
  return takeStock === "paid" ? "awaiting-payment" : "pending";
}

/** How many days ahead an order's time for payment may end. */
export const payByDaysMax = 366;

const dayMs = 86_400_000;

/** Why a time for payment can't be accepted. */
export type PayByFault = "past" | "too-far";

/** What is wrong with a time for payment, or null. It must be in the future, and at most `payByDaysMax` days ahead. */
export function payByFault(payBy: Date, now: Date): PayByFault | null {
  const aheadMs = payBy.getTime() - now.getTime();
  if (aheadMs <= 0) return "past";
  return aheadMs > payByDaysMax * dayMs ? "too-far" : null;
}

/** What the rules of payment need of an order. */
export type PayableOrder = {
  readonly status: OrderStatus;
  readonly isPaid: boolean;
  /** Whether it is expired, and everything that it had came back, so that it can be taken once more. */
  readonly isRetakeable: boolean;
};

/**
 * What a payment does. `take`: the order becomes pending and takes its stock. `mark`: it is only marked as paid. `known`:
 * it was paid before, so nothing changes. `expired`: it came too late. `refused`: the order has ended otherwise.
 */
export type PaymentOutcome = "take" | "mark" | "known" | "expired" | "refused";

/** Decides a payment. With `retake` an expired order is taken once more, if everything that it had came back. */
export function decidePayment(order: PayableOrder, retake: boolean): PaymentOutcome {
  if (order.isPaid) return "known";
  switch (order.status) {
    case "awaiting-payment":
      return "take";
    case "pending":
    case "confirmed":
      return "mark";
    case "expired":
      return retake && order.isRetakeable ? "take" : "expired";
    case "rejected":
    case "cancelled":
    case "refunded":
      return "refused";
  }
}

/** Whether an order expires now: its time for payment is over, it is not paid, and it has not ended otherwise. */
export function expiresNow(
  order: Pick<PayableOrder, "status" | "isPaid"> & { readonly payBy: Date | null },
  now: Date,
): boolean {
  const { status, isPaid, payBy } = order;
  return !isPaid && payBy !== null && payBy <= now && mayBecome(status, "expired");
}
