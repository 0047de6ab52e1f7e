// Announces alerts that have news. Everything that opens alerts uses this, once its transaction is committed: batches
// of orders, restocks, adjustments and edits of the catalogue.

import { type AnnounceLog, announceOrLeaveToSweeper } from "./announce-or-leave-to-sweeper.ts";
import type { QueueBackend } from "./backend.ts";
import { currentOrigin, type Origin } from "../db/request-scope.ts";
import { alertJob, type AlertWork } from "./jobs/check-low-stock.ts";

/** Announces a check for each alert, or leaves it to the sweeper. Never rejects. `originOf` says where an alert comes from. */
export async function announceAlerts<Alert extends AlertWork>(
  { queues }: Pick<QueueBackend, "queues">,
  alerts: readonly Alert[],
  log: AnnounceLog,
  originOf: (alert: Alert) => Origin = currentOrigin,
): Promise<void> {
  if (alerts.length === 0) return;
  await announceOrLeaveToSweeper(
    queues["check-low-stock"],
    alerts.map((alert) => alertJob(alert, originOf(alert))),
    log,
  );
}
