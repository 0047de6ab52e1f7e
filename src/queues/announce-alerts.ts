// Announces alerts that have news. Everything that opens alerts uses this, once its transaction is committed: batches
// of orders, restocks, adjustments and edits of the catalogue.

import { type AnnounceLog, announceOrLeaveToSweeper } from "./announce-or-leave-to-sweeper.ts";
import type { QueueBackend } from "./backend.ts";
import { alertJob, type AlertWork } from "./jobs/check-low-stock.ts";

/** Announces a check for each alert, or leaves it to the sweeper. Never rejects. */
export async function announceAlerts(
  { queues }: Pick<QueueBackend, "queues">,
  alerts: readonly AlertWork[],
  log: AnnounceLog,
): Promise<void> {
  if (alerts.length === 0) return;
  await announceOrLeaveToSweeper(
    queues["check-low-stock"],
    alerts.map((alert) => alertJob(alert)),
    log,
  );
}
