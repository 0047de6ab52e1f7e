// A queue as the board shows it: what it is for, and each job in words instead of ids.

import { BullMQAdapter } from "@bull-board/api/bullMQAdapter";
import { Queue } from "bullmq";
import * as z from "zod";
import type { JobQueue } from "../../queues/backend.ts";
import { type JobName, payloads } from "../../queues/jobs.ts";

const descriptions: Readonly<Record<JobName, string>> = {
  "process-order":
    "One job per order, or per group of orders that came together: takes their stock, or rejects them.",
  "check-low-stock": "One job per alert: writes a mail for each store manager.",
  "send-mail": "One job per mail: tries again, later and later, until it is taken.",
};

/** What a job is about, in words; its own name where its data is not what this version writes. */
const wordings: Readonly<Record<JobName, (data: unknown) => string | null>> = {
  "process-order": (data) => {
    const { success, data: job } = payloads["process-order"].safeParse(data);
    if (!success) return null;
    const [first] = job.orders;
    return job.orders.length === 1 && first !== undefined
      ? `Order ${first.reference} (${counted(first.lines, "line")})`
      : `${job.orders.length} orders: ${job.orders.map(({ reference }) => reference).join(", ")}`;
  },
  "check-low-stock": (data) => {
    const { success, data: job } = payloads["check-low-stock"].safeParse(data);
    return success ? `${job.sku} ${job.notice === "out" ? "is out of stock" : "runs low"}` : null;
  },
  "send-mail": (data) => {
    const { success, data: job } = payloads["send-mail"].safeParse(data);
    return success ? `Mail to ${job.to} about ${job.about}` : null;
  },
};

/** Where the admin app shows a job's row, which is the truth about it. */
const links: Readonly<Record<JobName, (data: unknown) => { displayText: string; href: string }>> = {
  "process-order": (data) => {
    const { success, data: job } = payloads["process-order"].safeParse(data);
    const [first, ...others] = success ? job.orders : [];
    return first !== undefined && others.length === 0
      ? { displayText: "Order", href: `/admin/orders/${first.order}` }
      : { displayText: "Orders", href: "/admin/orders" };
  },
  "check-low-stock": () => ({ displayText: "Alerts", href: "/admin/alerts" }),
  "send-mail": (data) => {
    const { success, data: job } = payloads["send-mail"].safeParse(data);
    return { displayText: "Mail", href: `/admin/settings/mails/${success ? job.mail : ""}` };
  },
};

const namedJob = z.object({ name: z.string(), data: z.unknown() });

/** Makes the board's adapter of a queue. */
export function boardQueue({ job, bull }: JobQueue, readOnly: boolean): BullMQAdapter {
  if (!isBoardQueue(bull)) {
    throw new TypeError("Expected a queue of BullMQ for the board; got something else.");
  }
  const adapter = new BullMQAdapter(bull, {
    readOnlyMode: readOnly,
    description: descriptions[job],
    externalJobUrl: ({ data }) => links[job](data),
  });
  adapter.setFormatter("name", (shown: unknown) => {
    const { name, data } = namedJob.parse(shown);
    return wordings[job](data) ?? name;
  });
  return adapter;
}

/**
 * The adapter's type names a queue on Redis, but it takes one on any store: what it calls, every queue has,
 * and the only check it makes is this one.
 */
function isBoardQueue(bull: unknown): bull is Queue {
  return bull instanceof Queue;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
