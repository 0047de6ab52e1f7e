// The job `process-order`. Orders share jobs, so a job goes by an id that stands for just these orders: the queue
// drops whatever comes under an id that it has.

import { randomUUID } from "node:crypto";
import * as z from "zod";
import { type Announcement, type Job, keptJobs, originShape } from "./job.ts";

/**
 * Orders that one job holds at most: so many that what a job costs hardly counts any more, and so few that
 * several workers share a rush.
 */
export const jobOrdersMax = 50;

const payloadSchema = z.object({
  v: z.literal(2),
  /** Orders that were stored together. An order that came alone has a job of its own. */
  orders: z
    .array(
      z.object({
        order: z.uuid(),
        reference: z.string(),
        lines: z.int().positive(),
        trace: originShape.trace,
      }),
    )
    .min(1)
    .max(jobOrdersMax),
  /** Whether an open request waits for one of them. Then their batch does not linger for more orders. */
  awaited: z.boolean().default(false),
});

/** How many characters of references a title holds: about two lines. The board has no room for more. */
const titleLengthMax = 160;

/** The first references of some, at least one, and how many more there are. */
function namesOf(references: readonly string[]): string {
  let named = 0;
  let length = 0;
  for (const reference of references) {
    length += reference.length + 2;
    if (named > 0 && length > titleLengthMax) break;
    named += 1;
  }
  const more = references.length - named;
  return references.slice(0, named).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** Takes the stock of orders. It waits for the database alone, which comes back within seconds. */
export const processOrder = {
  name: "process-order",
  queue: "orders",
  jobOptions: {
    attempts: 5,
    backoff: { type: "exponential", delay: 500, jitter: 0.5 },
    ...keptJobs,
  },
  payloadSchema,
  purpose:
    "One job per order, or per group of orders that came together: takes their stock, or rejects them.",
  titleOf({ orders }) {
    const [first] = orders;
    if (orders.length === 1 && first !== undefined) {
      return `Order ${first.reference} (${first.lines} line${first.lines === 1 ? "" : "s"})`;
    }
    return `${orders.length} orders: ${namesOf(orders.map(({ reference }) => reference))}`;
  },
  pageOf(payload) {
    const [first, ...others] = payload?.orders ?? [];
    return first !== undefined && others.length === 0
      ? { displayText: "Order", href: `/admin/orders/${first.order}` }
      : { displayText: "Orders", href: "/admin/orders" };
  },
} as const satisfies Job<z.output<typeof payloadSchema>>;

/** A pending order: its number of lines, and whether an open request waits for its decision. */
export type OrderWork = {
  readonly id: string;
  readonly reference: string;
  readonly lines: number;
  readonly awaited?: boolean;
  /** The place of its request's span in a trace, if there are traces. */
  readonly trace?: string | undefined;
};

type OrdersJob = Announcement<z.input<typeof payloadSchema>>;

/** The job for some orders, at most `jobOrdersMax`. `id` must not have announced any other set of orders. */
export function ordersJob(id: string, orders: readonly OrderWork[]): OrdersJob {
  return {
    id,
    data: {
      v: 2,
      orders: orders.map(({ id: order, reference, lines, trace }) =>
        trace === undefined ? { order, reference, lines } : { order, reference, lines, trace },
      ),
      ...(orders.some(({ awaited }) => awaited) ? { awaited: true } : {}),
    },
  };
}

/**
 * The job that announces a pending order once more because its client asks again. Its id is derived from the
 * order's, as a UUID of version 8: however often the client asks, one such job waits.
 */
export function orderAgainJob(order: OrderWork): OrdersJob {
  return ordersJob(`${order.id.slice(0, 14)}8${order.id.slice(15)}`, [order]);
}

/** An id for a job of orders that no job has had. */
export const newJobId = (): string => randomUUID();
