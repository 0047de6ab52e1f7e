// Endpoints for orchestrators and monitoring: is the process alive, may it get traffic, how much work waits.

import { Gauge, collectDefaultMetrics } from "@prometheus-io/client";
import { Router } from "express";
import type { Pool } from "pg";
import { readLastRun } from "../db/audit/runs.ts";
import { withDeadline } from "../flow/deadline.ts";
import { checkDatabase } from "../db/check-database.ts";
import { readFeedDelay } from "../db/feed/read-feed-delay.ts";
import { readBacklog } from "../db/read-backlog.ts";
import { readWebhookDelays } from "../db/webhooks/read-delays.ts";
import type { QueueBackend } from "../queues/backend.ts";
import { jobNames, jobs } from "../queues/jobs/all-jobs.ts";
import { addAuditGauges } from "./audit-gauges.ts";
import type { Metrics } from "./metrics.ts";

/** The sources of the answers. */
export type HealthContext = {
  readonly pool: Pool;
  readonly backend: QueueBackend;
  readonly metrics: Metrics;
  /** The connections that orders use. Other connections may work while these do not. */
  readonly orderPool: Pool;
  /** How long the oldest order waits to be written by this process, in milliseconds. */
  readonly oldestOrderMs: () => number;
};

/** How long an answer waits for the database and the queue store. */
const answerDeadlineMs = 2_000;

/** If an order waits this long for its write, something blocks this process; another process may be free. */
const orderWaitMaxMs = 5_000;

/**
 * `/livez` answers 200 while the process runs. `/readyz` answers 200 while orders can be served: the database answers
 * on the orders' connections and takes writes, no order has waited too long, and the process is not stopping; else it
 * answers 503. The queue store is reported but not required, because orders are accepted without it.
 */
export function healthRouter(context: HealthContext, isStopping: () => boolean): Router {
  const router = Router();
  const { registry } = context.metrics;
  const refresh = sharing(addGauges(context));
  const look = sharing(() =>
    Promise.all([
      inTime(checkDatabase(context.orderPool), "does not answer"),
      answers(context.backend.queues["process-order"].lookUp("readiness")),
    ]),
  );

  router.get("/livez", (_request, response) => {
    response.json({ status: "alive" });
  });
  router.get("/readyz", async (_request, response) => {
    const [database, queue] = await look();
    const waitedMs = context.oldestOrderMs();
    const isHeldUp = waitedMs > orderWaitMaxMs;
    const ready = database === "answers" && !isHeldUp && !isStopping();
    response.status(ready ? 200 : 503).json({
      status: ready ? "ready" : isStopping() ? "stopping" : "not ready",
      database,
      ...(isHeldUp
        ? { orders: `one has waited ${Math.round(waitedMs / 1_000)} s to be written` }
        : {}),
      queue: queue ? "answers" : "does not answer; orders are accepted and announced later",
    });
  });
  router.get("/metrics", async (_request, response) => {
    await refresh();
    response.type(registry.contentType).send(await registry.metrics());
  });
  return router;
}

/** Adds the gauges that are read anew for each scrape. Call the returned function before each scrape. */
function addGauges(context: HealthContext): () => Promise<void> {
  const { registry } = context.metrics;
  collectDefaultMetrics({ register: registry, prefix: "tallyman_" });
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
  const failedMails = gauge("mails_failed", "Mails that could not be sent");
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
        withDeadline(
          context.backend.queues[name].bull.getJobCounts(...states),
          answerDeadlineMs,
          name,
        ),
      ),
    ]);
    if (backlog.status === "fulfilled") {
      pendingOrders.set(backlog.value.pendingOrders);
      oldestOrder.set(backlog.value.oldestOrderSeconds);
      unpaidOrders.set(backlog.value.unpaidOrders);
      overdueOrders.set(backlog.value.overdueOrders);
      openAlerts.set(backlog.value.openAlerts);
      unsentMails.set(backlog.value.unsentMails);
      failedMails.set(backlog.value.failedMails);
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
      for (const [state, number] of Object.entries(count.value)) {
        jobsByState.set({ queue, state }, number);
      }
    }
    const answered = [backlog, lastRun, feed, webhooks, ...counts];
    const all = answered.every(({ status }) => status === "fulfilled");
    complete.set(all ? 1 : 0);
  };
}

/** The states of jobs that are counted. Finished jobs do not wait. */
const states = ["waiting", "active", "delayed", "failed"] as const;

/** How long an answer is shared, in milliseconds. Anybody may ask, and each answer takes connections from orders. */
const sharedMs = 500;

/** Makes calls share one answer: those during the first call, and those shortly after it. */
function sharing<T>(ask: () => Promise<T>): () => Promise<T> {
  let shared: Promise<T> | undefined;
  const forget = (): void => {
    setTimeout(() => {
      shared = undefined;
    }, sharedMs).unref();
  };
  return () => {
    if (shared === undefined) {
      shared = ask();
      shared.then(forget, forget);
    }
    return shared;
  };
}

/** The answer, or `otherwise` if it fails or does not come by the deadline. */
async function inTime<T>(promise: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await withDeadline(promise, answerDeadlineMs, "readiness");
  } catch {
    return otherwise;
  }
}

/** Whether the promise is fulfilled by the deadline. */
async function answers(promise: Promise<unknown>): Promise<boolean> {
  return inTime(
    promise.then(() => true),
    false,
  );
}
