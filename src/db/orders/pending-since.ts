// Says in SQL since when a pending order has waited for its decision.

/** The time at which an order became pending: when it was accepted, or paid. `order` is its row in the statement. */
export const pendingSince = (order = '"order"'): string =>
  `greatest(${order}.accepted_at, ${order}.paid_at)`;
