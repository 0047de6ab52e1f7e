// The metrics that a process counts itself. The health router adds those that it reads from tables and queues.

import { Counter, Registry } from "@prometheus-io/client";

/** The metrics of one process. */
export type Metrics = {
  readonly registry: Registry;
  /** Orders, alerts and mails whose job was lost and which a sweep announced again, by queue. */
  readonly sweptTotal: Counter<"queue">;
  /** Attempts of this process to deliver a webhook. */
  readonly webhookAttempts: Counter<"outcome">;
};

/** Creates the metrics, each at zero. */
export function createMetrics(queues: readonly string[]): Metrics {
  const registry = new Registry();
  const sweptTotal = new Counter({
    name: "tallyman_swept_total",
    help: "Orders, alerts and mails that were announced again because their job was lost",
    labelNames: ["queue"],
    registers: [registry],
  });
  for (const queue of queues) sweptTotal.inc({ queue }, 0);
  const webhookAttempts = new Counter({
    name: "tallyman_webhook_attempts_total",
    help: "Attempts to deliver a webhook",
    labelNames: ["outcome"],
    registers: [registry],
  });
  for (const outcome of ["delivered", "failed"]) webhookAttempts.inc({ outcome }, 0);
  return { registry, sweptTotal, webhookAttempts };
}
