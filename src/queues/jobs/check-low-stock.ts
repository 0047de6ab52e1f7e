// The job `check-low-stock`. Each piece of an alert's news has one job, which goes by the alert's id and the number of the
// news: that it opened, or that it got worse.

import * as z from "zod";
import { currentOrigin, type Origin } from "../../db/request-scope.ts";
import { type Announcement, type Job, keptJobs, originShape } from "./job.ts";

const payloadSchema = z.object({
  v: z.literal(1),
  alert: z.uuid(),
  sku: z.string(),
  notice: z.enum(["low", "out"]),
  ...originShape,
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

/** An alert that has news, and which: its state, low or out, and its number. */
export type AlertWork = {
  readonly id: string;
  readonly sku: string;
  readonly notice: "low" | "out";
  readonly number: number;
};

/** The job for one piece of an alert's news. It comes from what is being done, unless `origin` says otherwise. */
export function alertJob(
  { id, sku, notice, number }: AlertWork,
  origin: Origin = currentOrigin(),
): Announcement<z.input<typeof payloadSchema>> {
  return { id: `${id}-${number}`, data: { v: 1, alert: id, sku, notice, ...origin } };
}
