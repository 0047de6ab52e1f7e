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

/** Whether units of an order in this state may be restocked by hand. */
export function mayBeRestocked(status: OrderStatus): boolean {
  return status === "cancelled" || status === "refunded";
}
