// Announces alerts that have news, after the transaction that made them so is committed. Everything that
// opens alerts uses this one way: batches of orders, restocks, adjustments and edits of the catalogue.

import type { Logger } from "pino";
import { type AlertWork, alertJob } from "./announce-work.ts";
import type { QueueBackend } from "./backend.ts";

/**
 * Announces a check for each alert. Never rejects: the alert's row is safe, so a failure is logged and the
 * sweeper announces it later.
 */
export async function announceAlerts(
  backend: QueueBackend,
  alerts: readonly AlertWork[],
  log: Logger,
): Promise<void> {
  if (alerts.length === 0) return;
  try {
    await backend.queues["check-low-stock"].announce(alerts.map((alert) => alertJob(alert)));
  } catch (error) {
    log.warn(
      { err: error, alerts: alerts.map(({ id }) => id) },
      "alerts stored but not announced; the sweeper will",
    );
  }
}
