// The words by which work is announced. Whoever announces and the sweeper use the same, so that a row has at
// most one job: an alert's and a mail's go by the row's own id, and an order's by the id that its row notes.

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

/**
 * Orders that one job holds at most: so many that what a job costs hardly counts any more, and so few that
 * several workers share a rush.
 */
export const jobOrdersMax = 50;

/** The job for some orders, at most `jobOrdersMax`. */
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

/** The job for an alert. Each of an alert's two pieces of news has a job of its own. */
export function alertJob({ id, sku, notice }: AlertWork): Announcement {
  return { id: `${id}-${notice}`, data: { v: 1, alert: id, sku, notice } };
}

/** The job for a mail. */
export function mailJob({ id, to, about }: MailWork): Announcement {
  return { id, data: { v: 1, mail: id, to, about } };
}
