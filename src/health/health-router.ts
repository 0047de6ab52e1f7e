// Endpoints for orchestrators and monitoring: is the process alive, and may it get traffic.

import { Router } from "express";
import type { Pool } from "pg";
import { withDeadline } from "../flow/deadline.ts";
import { checkDatabase } from "../db/check-database.ts";
import type { QueueBackend } from "../queues/backend.ts";
import { answerDeadlineMs } from "./scraped-gauges.ts";
import { sharing } from "./sharing.ts";

/** The sources of the answers. */
export type HealthContext = {
  readonly backend: QueueBackend;
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
  return router;
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
