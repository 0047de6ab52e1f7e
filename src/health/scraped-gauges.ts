// The gauges that are read from tables and queues for each scrape.

import { Gauge } from "@prometheus-io/client";
import type { Pool } from "pg";
import { readLastRun } from "../db/audit/runs.ts";
import { readFeedDelay } from "../db/feed/read-feed-delay.ts";
import { readBacklog } from "../db/read-backlog.ts";
import { readWebhookDelays } from "../db/webhooks/read-delays.ts";
import { withDeadline } from "../flow/deadline.ts";
import type { JobQueue, QueueBackend } from "../queues/backend.ts";
import { jobNames, jobs } from "../queues/jobs/all-jobs.ts";
import { addAuditGauges } from "./audit-gauges.ts";
import type { Metrics } from "./metrics.ts";

/** How long an answer waits for the database and the queue store, in milliseconds. */
export const answerDeadlineMs = 2_000;

/** What is read. */
export type Scraped = {
  readonly pool: Pool;
  readonly backend: Pick<QueueBackend, "queues">;
  readonly metrics: Pick<Metrics, "registry" | "addProcessMetrics">;
};

/** Adds the gauges that are read anew for each scrape. Call the returned function before each scrape. */
export function addScrapedGauges(context: Scraped): () => Promise<void> {
  const { registry } = context.metrics;
  const gauge = (name: string, help: string, labelNames: readonly string[] = []) =>
    new Gauge({
      name: `tallyman_${name}`,
      help,
      labelNames: [...labelNames],
      registers: [registry],
    });
  const pendingOrders = gauge("orders_pending", "Orders that wait for their stock");
  const oldestOrder = gauge("orders_oldest_seconds", "How long the oldest of them has waited");
  const unpaidOrders = gauge(
    "orders_awaiting_payment",
    "Orders that take stock once they are paid",
  );
  const overdueOrders = gauge(
    "orders_payment_overdue",
    "Orders that were not paid in time and have not expired yet",
  );
  const openAlerts = gauge("alerts_open", "Alerts that are open");
  const unsentMails = gauge("mails_unsent", "Mails that wait to be sent");
  const oldestMail = gauge(
    "mails_oldest_unsent_seconds",
    "How long the oldest mail that is not sent yet has waited",
  );
  const failedMails = gauge("mails_failed", "Mails that could not be sent");
  const waitingMails = gauge(
    "mails_waiting",
    "Mails that the mail server did not take, and that wait for another attempt",
  );
  const mailsFailing = gauge(
    "mails_failing_seconds",
    "How long ago the first attempt at one of these failed",
  );
  const feedPlaces = gauge("feed_behind_places", "Places of the feed that can't be read yet");
  const feedSeconds = gauge(
    "feed_held_seconds",
    "How long the transaction that holds the feed up has lasted",
  );
  const webhookPlaces = gauge(
    "webhook_behind_places",
    "How many places of the feed an active endpoint has still to get, by the slowest of its lanes",
    ["endpoint"],
  );
  const webhooksPaused = gauge(
    "webhooks_paused",
    "Endpoints that were paused because they answered 410 or failed for three days",
  );
  const jobsByState = gauge("queue_jobs", "Jobs in a queue by state", ["queue", "state"]);
  const oldestJob = gauge(
    "queue_oldest_waiting_seconds",
    "How long the oldest waiting job of a queue could have been worked on; 0 if none waits",
    ["queue"],
  );
  const setAudit = addAuditGauges(gauge);
  const complete = gauge(
    "scrape_complete",
    "1 when both the database and the queue store answered this scrape",
  );

  return async (): Promise<void> => {
    const [backlog, lastRun, feed, webhooks, ...counts] = await Promise.allSettled([
      withDeadline(readBacklog(context.pool), answerDeadlineMs, "the backlog"),
      withDeadline(readLastRun(context.pool), answerDeadlineMs, "the last audit"),
      withDeadline(readFeedDelay(context.pool), answerDeadlineMs, "the feed's delay"),
      withDeadline(readWebhookDelays(context.pool), answerDeadlineMs, "the webhooks' delays"),
      ...jobNames.map((name) =>
        withDeadline(readQueue(context.backend.queues[name]), answerDeadlineMs, name),
      ),
    ]);
    if (backlog.status === "fulfilled") {
      pendingOrders.set(backlog.value.pendingOrders);
      oldestOrder.set(backlog.value.oldestOrderSeconds);
      unpaidOrders.set(backlog.value.unpaidOrders);
      overdueOrders.set(backlog.value.overdueOrders);
      openAlerts.set(backlog.value.openAlerts);
      unsentMails.set(backlog.value.unsentMails);
      oldestMail.set(backlog.value.oldestMailSeconds);
      failedMails.set(backlog.value.failedMails);
      waitingMails.set(backlog.value.waitingMails);
      mailsFailing.set(backlog.value.mailsFailingSeconds);
    }
    if (lastRun.status === "fulfilled") setAudit(lastRun.value);
    if (feed.status === "fulfilled") {
      feedPlaces.set(feed.value.places);
      feedSeconds.set(feed.value.seconds);
    }
    if (webhooks.status === "fulfilled") {
      webhookPlaces.reset();
      for (const { id, behind } of webhooks.value.active)
        webhookPlaces.set({ endpoint: id }, behind);
      webhooksPaused.set(webhooks.value.paused);
    }
    for (const [index, name] of jobNames.entries()) {
      const count = counts[index];
      if (count?.status !== "fulfilled") continue;
      const { queue } = jobs[name];
      for (const [state, number] of Object.entries(count.value.counts)) {
        jobsByState.set({ queue, state }, number);
      }
      oldestJob.set({ queue }, count.value.oldestSeconds);
    }
    const answered = [backlog, lastRun, feed, webhooks, ...counts];
    const all = answered.every(({ status }) => status === "fulfilled");
    complete.set(all ? 1 : 0);
  };
}

/** The states of jobs that are counted. Finished jobs do not wait. */
const states = ["waiting", "active", "delayed", "failed"] as const;

/** Counts a queue's jobs, and finds since when the next one waits. */
async function readQueue({ bull }: JobQueue) {
  const [counts, [next]] = await Promise.all([
    bull.getJobCounts(...states),
    bull.getJobs(["waiting"], 0, 0, true),
  ]);
  const dueAt = next === undefined ? Date.now() : next.timestamp + (next.opts.delay ?? 0);
  return { counts, oldestSeconds: Math.max(0, Date.now() - dueAt) / 1_000 };
}
