// The texts of actions on many alerts and many orders at once.

import type { OrderStatus } from "../../../domain/order/order-status.ts";
import { count, number } from "../numbers.ts";

const are = (value: number, one: string) => `${count(value, one)} ${value === 1 ? "is" : "are"}`;

/** About rows of any list. */
export const manyRows = { actions: "The actions" };

/** About alerts. */
export const manyAlerts = {
  acknowledge: (chosen: number) => (chosen === 1 ? "I see to it" : "I see to them"),
  snooze: "Snooze",
  snoozeTitle: (chosen: number) => `Snooze ${count(chosen, "alert")}`,
  snoozeIntro:
    "Nobody is mailed about these items before that day. The alerts stay in the list, and end when units come.",
  snoozeUntil: "Snooze until",
  notAhead: "Choose a day after today.",
  cancel: "Cancel",
  acknowledged: (done: number) => `You see to ${count(done, "alert")} now.`,
  snoozed: (done: number, until: string) => `${are(done, "alert")} snoozed until ${until}.`,
  undone: (done: number) => `${are(done, "alert")} as before.`,
  gone: "Its item was deleted.",
  ended: "It has ended, because units came or the threshold was changed.",
  othersCare: (who: string) => `${who} sees to it already.`,
  changed: "Somebody else has changed it meanwhile, so it stays as it is.",
};

/** Why an order in a state can't be cancelled. */
const whyKept: Readonly<Record<OrderStatus, string>> = {
  "awaiting-payment": "",
  pending: "",
  confirmed: "",
  rejected: "It was rejected, so it has taken nothing.",
  cancelled: "It is cancelled already.",
  refunded: "It was refunded.",
  expired: "It was not paid in time, and has expired.",
};

/** About orders. */
export const manyOrders = {
  exportChosen: (chosen: number) => `Export ${count(chosen, "order")} as CSV`,
  tooManyToExport: (most: number) => `At most ${number(most)} chosen orders can be exported.`,
  cancel: (chosen: number) => `Cancel ${count(chosen, "order")}`,
  cancelTitle: (chosen: number) => `Cancel ${count(chosen, "order")}?`,
  keep: (chosen: number) => (chosen === 1 ? "Keep the order" : "Keep the orders"),
  putBack: (units: number) => `Put ${count(units, "unit")} back to stock`,
  comeBack: "They were taken from stock. Check that they are there.",
  stayAway: (units: number) =>
    `${count(units, "unit")} ${units === 1 ? "does" : "do"} not come back now. You can restore ${units === 1 ? "it" : "them"} later, on the page of each order.`,
  promised: (units: number) =>
    `${are(units, "promised unit")} given up. ${units === 1 ? "It was" : "They were"} never taken from stock, so nothing comes back for ${units === 1 ? "it" : "them"}.`,
  uncounted: (units: number) =>
    `${are(units, "unit")} of items whose units are not counted, so nothing comes back for ${units === 1 ? "it" : "them"}.`,
  undecided: (orders: number) =>
    `${count(orders, "order")} ${orders === 1 ? "has" : "have"} taken no units yet and will take none.`,
  cantBe: (orders: number) => `${count(orders, "order")} can't be cancelled`,
  noneCanBe: "None of the chosen orders can be cancelled.",
  itemsDeleted:
    "Some of its items were deleted, so there is no count for their units. Cancel it without putting its units back.",
  final: "This can't be undone.",
  note: "Note",
  noteHint: "Shown in the status log of each order.",
  whyKept: (status: OrderStatus) => whyKept[status],
  cancelled: (orders: number, units: number) =>
    `${are(orders, "order")} cancelled. ${units === 0 ? "No units" : count(units, "unit")} came back to stock.`,
};
