// The job `check-low-stock`. An alert has two pieces of news at most, that it opened and that the last unit went;
// each has one job, which goes by the alert's id and the news.

import * as z from "zod";
import { type Announcement, type Job, keptJobs } from "./job.ts";

const payloadSchema = z.object({
  v: z.literal(1),
  alert: z.uuid(),
  sku: z.string(),
  notice: z.enum(["low", "out"]),
});

/** Writes an alert's mails. It waits for the database alone. */
export const checkLowStock = {
  name: "check-low-stock",
  queue: "low-stock",
  concurrency: 4,
  jobOptions: {
    attempts: 8,
    backoff: { type: "exponential", delay: 1_000, jitter: 0.5 },
    ...keptJobs,
  },
  payloadSchema,
  purpose: "One job per alert: writes a mail for each store manager.",
  titleOf: ({ sku, notice }) => `${sku} ${notice === "out" ? "is out of stock" : "runs low"}`,
  pageOf: () => ({ displayText: "Alerts", href: "/admin/alerts" }),
} as const satisfies Job<z.output<typeof payloadSchema>>;

/** An alert that has news, and which: that it opened ("low"), or that the last unit went ("out"). */
export type AlertWork = {
  readonly id: string;
  readonly sku: string;
  readonly notice: "low" | "out";
};

/** The job for one piece of an alert's news. */
export function alertJob({
  id,
  sku,
  notice,
}: AlertWork): Announcement<z.input<typeof payloadSchema>> {
  return { id: `${id}-${notice}`, data: { v: 1, alert: id, sku, notice } };
}
