// The words by which work is announced: one job for each row, under the row's id. Whoever announces and the
// sweeper use the same, so that a row has at most one job.

import type { Announcement } from "./backend.ts";

/** An order that waits for its stock. */
export type OrderWork = { readonly id: string; readonly reference: string; readonly lines: number };

/** An alert that has news, and which: that it opened, or that the last unit went. */
export type AlertWork = {
  readonly id: string;
  readonly sku: string;
  readonly notice: "low" | "out";
};

/** A mail to be sent. */
export type MailWork = { readonly id: string; readonly to: string; readonly about: string };

/** The job for an order. */
export function orderJob({ id, reference, lines }: OrderWork): Announcement {
  return { id, data: { v: 1, order: id, reference, lines } };
}

/** The job for an alert. Each of an alert's two pieces of news has a job of its own. */
export function alertJob({ id, sku, notice }: AlertWork): Announcement {
  return { id: `${id}-${notice}`, data: { v: 1, alert: id, sku, notice } };
}

/** The job for a mail. */
export function mailJob({ id, to, about }: MailWork): Announcement {
  return { id, data: { v: 1, mail: id, to, about } };
}
