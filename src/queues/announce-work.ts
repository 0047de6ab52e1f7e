// The announcements of work. An alert's and a mail's job go by the row's own id, so each has at most one. Orders
// share jobs: theirs goes by an id that stands for just these orders, because the queue drops whatever comes under
// an id that it has. An announcement must never stand in the way of one that says more.

import { randomUUID } from "node:crypto";
import type { Announcement } from "./backend.ts";

/** An order that waits for its stock, and whether somebody waits for it on an open request. */
export type OrderWork = {
  readonly id: string;
  readonly reference: string;
  readonly lines: number;
  readonly awaited?: boolean;
};

/** An alert that has news, and which: that it opened, or that the last unit went. */
export type AlertWork = {
  readonly id: string;
  readonly sku: string;
  readonly notice: "low" | "out";
};

/** A mail to be sent. */
export type MailWork = { readonly id: string; readonly to: string; readonly about: string };

/** The job for some orders, at most `jobOrdersMax`. `id` must not have announced any other set of orders. */
export function ordersJob(id: string, orders: readonly OrderWork[]): Announcement {
  return {
    id,
    data: {
      v: 2,
      orders: orders.map(({ id: order, reference, lines }) => ({ order, reference, lines })),
      ...(orders.some(({ awaited }) => awaited) ? { awaited: true } : {}),
    },
  };
}

/**
 * The job that announces a pending order once more because its client asks again. Its id is derived from the
 * order's, as a UUID of version 8: however often the client asks, one such job waits.
 */
export function orderAgainJob(order: OrderWork): Announcement {
  return ordersJob(`${order.id.slice(0, 14)}8${order.id.slice(15)}`, [order]);
}

/** An id for a job of orders that no job has had. */
export const newJobId = (): string => randomUUID();

/** The job for an alert. Each of an alert's two pieces of news has a job of its own. */
export function alertJob({ id, sku, notice }: AlertWork): Announcement {
  return { id: `${id}-${notice}`, data: { v: 1, alert: id, sku, notice } };
}

/** The job for a mail. */
export function mailJob({ id, to, about }: MailWork): Announcement {
  return { id, data: { v: 1, mail: id, to, about } };
}
