// What orchestrators and monitoring ask: is the process alive, may it get traffic, how much waits.

import { Gauge, Registry, collectDefaultMetrics } from "@prometheus-io/client";
import { Router } from "express";
import { withDeadline } from "../../deadline.ts";
import { pingDatabase } from "../../db/check-database.ts";
import { readBacklog } from "../../db/read-backlog.ts";
import { jobNames } from "../../queues/jobs.ts";
import type { ApiContext } from "../context.ts";

/** What the answers are read from. */
export type HealthContext = Pick<ApiContext, "pool" | "backend">;

/** How long readiness waits for the database before it says no. */
const pingDeadlineMs = 2_000;

/**
 * `/livez` answers while the process runs. `/readyz` answers 200 while requests can be served: the database
 * answers and the process isn't stopping. The queue store is named but not required, since orders are
 * accepted without it.
 */
export function healthRouter(context: HealthContext, isStopping: () => boolean): Router {
  const router = Router();
  const registry = createRegistry(context);

  router.get("/livez", (_request, response) => {
    response.json({ status: "alive" });
  });
  router.get("/readyz", async (_request, response) => {
    const database = await answers(pingDatabase(context.pool));
    const queue = await answers(context.backend.queues["process-order"].stateOf("readiness"));
    const ready = database && !isStopping();
    response.status(ready ? 200 : 503).json({
      status: ready ? "ready" : isStopping() ? "stopping" : "not ready",
      database: database ? "answers" : "does not answer",
      queue: queue ? "answers" : "does not answer; orders are accepted and announced later",
    });
  });
  router.get("/metrics", async (_request, response) => {
    response.type(registry.contentType).send(await registry.metrics());
  });
  return router;
}

function createRegistry(context: HealthContext): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "tallyman_" });
  const gauge = (name: string, help: string, labelNames: readonly string[] = []) =>
    new Gauge({
      name: `tallyman_${name}`,
      help,
      labelNames: [...labelNames],
      registers: [registry],
    });
  const pendingOrders = gauge("orders_pending", "Orders that wait for their stock");
  const oldestOrder = gauge("orders_oldest_seconds", "Age of the oldest order that waits");
  const openAlerts = gauge("alerts_open", "Alerts that are open");
  const unsentMails = gauge("mails_unsent", "Mails that wait to be sent");
  const failedMails = gauge("mails_failed", "Mails that could not be sent");
  const jobs = gauge("queue_jobs", "Jobs in a queue by state", ["queue", "state"]);

  // One gauge collects for all, so that a scrape reads the tables and each queue once.
  const complete = new Gauge({
    name: "tallyman_scrape_complete",
    help: "1 when both the database and the queue store answered this scrape",
    registers: [registry],
    async collect() {
      const [backlog, ...counts] = await Promise.allSettled([
        readBacklog(context.pool),
        ...jobNames.map((name) =>
          context.backend.queues[name].bull.getJobCounts("wait", "active", "delayed", "failed"),
        ),
      ]);
      if (backlog.status === "fulfilled") {
        pendingOrders.set(backlog.value.pendingOrders);
        oldestOrder.set(backlog.value.oldestOrderSeconds);
        openAlerts.set(backlog.value.openAlerts);
        unsentMails.set(backlog.value.unsentMails);
        failedMails.set(backlog.value.failedMails);
      }
      for (const [index, count] of counts.entries()) {
        if (count.status !== "fulfilled") continue;
        const queue = jobNames[index] ?? "";
        for (const [state, number] of Object.entries(count.value))
          jobs.set({ queue, state }, number);
      }
      const all = [backlog, ...counts].every(({ status }) => status === "fulfilled");
      complete.set(all ? 1 : 0);
    },
  });
  return registry;
}

/** Whether something answers, in time and well. */
async function answers(promise: Promise<unknown>): Promise<boolean> {
  try {
    await withDeadline(promise, pingDeadlineMs, "readiness");
    return true;
  } catch {
    return false;
  }
}
