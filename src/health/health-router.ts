// Endpoints for orchestrators and monitoring: is the process alive, may it get traffic, how much work waits.

import { Router } from "express";
import type { Pool } from "pg";
import { withDeadline } from "../flow/deadline.ts";
import { checkDatabase } from "../db/check-database.ts";
import type { QueueBackend } from "../queues/backend.ts";
import type { Metrics } from "./metrics.ts";
import { addScrapedGauges, answerDeadlineMs } from "./scraped-gauges.ts";

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
  const refresh = sharing(addScrapedGauges(context));
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
