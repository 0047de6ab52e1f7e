// What is said of an order whose status does not allow a change.

/** The words by the change that was asked for. `status` is what the order has. */
export const wordsForStatus = {
  cancelled: (status: string) =>
    `Expected an order that is awaiting payment, pending or confirmed; it is ${status}.`,
  refunded: (status: string) => `Expected an order that is confirmed; it is ${status}.`,
  lines: (status: string) =>
    `Expected an order that is confirmed, because lines are named; it is ${status}.${status === "pending" ? " Leave lines out to cancel the whole order, or wait for its decision." : ""}`,
  restock: (status: string) =>
    status === "expired"
      ? "Expected an order of which something was cancelled or refunded. This one has expired: its units came back by themselves."
      : `Expected an order of which something was cancelled or refunded; it is ${status}. Cancel or refund what came back first.`,
  paid: (status: string) =>
    `Expected an order that can be paid; it is ${status} and was not paid before. Refund the payment, if there was one.`,
} as const;
