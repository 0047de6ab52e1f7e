// The states of an order, and the allowed changes between them.

/**
 * Every state of an order. `awaiting-payment`: it takes stock once it is paid. `expired`: it was not paid in time, and has
 * given back what it had taken.
 */
export const orderStatuses = [
  "awaiting-payment",
  "pending",
  "confirmed",
  "rejected",
  "cancelled",
  "refunded",
  "expired",
] as const;

/** The state of an order. */
export type OrderStatus = (typeof orderStatuses)[number];

const successors: Record<OrderStatus, readonly OrderStatus[]> = {
  "awaiting-payment": ["pending", "cancelled", "expired"],
  pending: ["confirmed", "rejected", "cancelled", "expired"],
  confirmed: ["cancelled", "refunded", "expired"],
  rejected: [],
  cancelled: [],
  refunded: [],
  // Paid too late, and taken once more.
  expired: ["pending"],
};

/** Whether an order may change from one state to the other. */
export function mayBecome(from: OrderStatus, to: OrderStatus): boolean {
  return successors[from].includes(to);
}

/**
 * Whether units of an order may be restocked by hand: when it was cancelled or refunded, or units of it were. Then its
 * lines say how many may come back.
 */
export function mayBeRestocked(
  status: OrderStatus,
  lines: readonly { readonly cancelled: number; readonly refunded: number }[],
): boolean {
  if (status === "confirmed") return lines.some((line) => line.cancelled + line.refunded > 0);
  return status === "cancelled" || status === "refunded";
}

/** Whether an order in this state is still to be decided, now or once it is paid. */
export function isUndecided(status: OrderStatus): boolean {
  return status === "pending" || status === "awaiting-payment";
}
