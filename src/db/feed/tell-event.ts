// Tells stored events as other programs get them.

import { stockChanged } from "./event-types.ts";
import type { StoredEvent } from "./read-feed.ts";
import { orderStatuses } from "../../domain/order/order-status.ts";

/** An event as other programs get it. The API's contract describes it. */
export type ToldEvent = {
  /** Its place in the feed. */
  readonly id: string;
  readonly type: string;
  /** In ISO 8601. */
  readonly at: string;
  readonly actor: string | null;
  /** The X-Request-Id of the request that caused it, if that is known. */
  readonly requestId: string | null;
  readonly data: Record<string, unknown>;
};

/** An event as it is told, in a page, a stream and a webhook. */
export function tellEvent(stored: StoredEvent): ToldEvent {
  const { place, type, at, actor, requestId } = stored;
  return { id: place, type, at: at.toISOString(), actor, requestId, data: dataOf(stored) };
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
