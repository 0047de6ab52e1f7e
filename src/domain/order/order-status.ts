// The states of an order, and the allowed changes between them.

/** Every state of an order. */
export const orderStatuses = ["pending", "confirmed", "rejected", "cancelled", "refunded"] as const;

/** The state of an order. */
export type OrderStatus = (typeof orderStatuses)[number];

const successors: Record<OrderStatus, readonly OrderStatus[]> = {
  pending: ["confirmed", "rejected", "cancelled"],
  confirmed: ["cancelled", "refunded"],
  rejected: [],
  cancelled: [],
  refunded: [],
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
