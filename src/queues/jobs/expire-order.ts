// The job `expire-order`. An order with a time for payment has one that is announced when the order is stored and
// begins at that time. It is a hint: the row has the time, and the sweeper finds what is overdue.

import * as z from "zod";
import { type Announcement, type Job, keptJobs } from "./job.ts";

const payloadSchema = z.object({
  v: z.literal(1),
  order: z.uuid(),
  reference: z.string(),
  lines: z.int().positive(),
});

/** Ends an order that was not paid in time. It waits for the database alone. Orders of several jobs share a transaction. */
export const expireOrder = {
  name: "expire-order",
  queue: "payments",
  concurrency: 50,
  jobOptions: {
    attempts: 8,
    backoff: { type: "exponential", delay: 1_000, jitter: 0.5 },
    ...keptJobs,
  },
  payloadSchema,
  purpose:
    "One job per order with a time for payment, delayed until then: if it is not paid, its units come back.",
  titleOf: ({ reference }) => `Order ${reference} is to be paid`,
  pageOf: (payload) =>
    payload === null
      ? { displayText: "Orders", href: "/admin/orders" }
      : { displayText: "Order", href: `/admin/orders/${payload.order}` },
} as const satisfies Job<z.output<typeof payloadSchema>>;

/** An order that is to be paid. */
export type UnpaidWork = {
  readonly id: string;
  readonly reference: string;
  readonly lines: number;
};

type ExpiryJob = Announcement<z.input<typeof payloadSchema>>;

const dataOf = ({ id, reference, lines }: UnpaidWork): ExpiryJob["data"] => ({
  v: 1,
  order: id,
  reference,
  lines,
});

/** The job that looks at an order in `delayMs` milliseconds, when its time for payment is over. */
export function expiryJob(order: UnpaidWork, delayMs: number): ExpiryJob {
  return { id: `${order.id}-due`, data: dataOf(order), delayMs: Math.max(0, Math.ceil(delayMs)) };
}

/**
 * The job that looks at an overdue order at once. It has an id of its own, because the delayed one may still wait: the
 * clock of the process that announced it may be wrong.
 */
export function overdueJob(order: UnpaidWork): ExpiryJob {
  return { id: `${order.id}-overdue`, data: dataOf(order) };
}
