// Turns stored events into replies.

import type { EventReply } from "../../contract/events.ts";
import { stockChanged } from "../../db/feed/event-types.ts";
import type { StoredEvent } from "../../db/feed/read-feed.ts";
import { orderStatuses } from "../../domain/order/order-status.ts";

/** An event as the API tells it, in a page and in each other way. */
export function toEventReply(stored: StoredEvent): EventReply {
  const { place, type, at, actor } = stored;
  return { id: place, type, at: at.toISOString(), actor, data: dataOf(stored) };
}

function dataOf({ type, data, order }: StoredEvent): Record<string, unknown> {
  if (order === null) return { ...data };
  const { orderId, reference, lines, shortages, paidAt } = order;
  if (type === stockChanged) return { ...data, cause: { ...causeOf(data), orderId, reference } };
  if (!type.startsWith("order.")) return { ...data, orderId, reference };
  // The order may have changed since; the event has the status that it caused. What was cancelled, refunded or restocked
  // is told beside the order's lines, under the name of the act.
  const { lines: changed, status: caused, ...rest } = data ?? {};
  const act = type.slice("order.".length);
  const status = caused ?? orderStatuses.find((known) => known === act) ?? order.status;
  return {
    ...rest,
    orderId,
    reference,
    status,
    lines,
    ...(status === "rejected" ? { shortages, refundDue: paidAt !== null } : {}),
    ...(changed === undefined ? {} : { [act]: changed }),
  };
}

const causeOf = (data: StoredEvent["data"]): object =>
  typeof data?.["cause"] === "object" && data["cause"] !== null ? data["cause"] : {};
