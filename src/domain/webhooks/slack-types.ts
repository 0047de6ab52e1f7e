// The types of events that a Slack channel gets if nobody chooses others: those that somebody may act on.

/** Few on a usual day. `order.confirmed` or `stock.changed` would fill a channel. */
export const slackTypes = [
  "stock.low",
  "stock.out",
  "stock.backInStock",
  "order.rejected",
  "order.expired",
] as const;
