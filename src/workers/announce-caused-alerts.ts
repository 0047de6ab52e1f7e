// Announces the alerts that orders caused, with the request that placed the order of each: the mails that follow then have
// its id in the log, and lie in its trace.

import type { Pool } from "pg";
import type { AlertToCheck } from "../db/alerts/record-transition.ts";
import { readRequestIds } from "../db/orders/read-request-ids.ts";
import type { TraceContext } from "../flow/tracing.ts";
import { announceAlerts } from "../queues/announce-alerts.ts";
import type { AnnounceLog } from "../queues/announce-or-leave-to-sweeper.ts";
import type { QueueBackend } from "../queues/backend.ts";

/** An alert that an order caused, and the place of the order's span in its trace. */
export type CausedAlert = AlertToCheck & { readonly trace?: TraceContext | undefined };

/** Announces the alerts, or leaves them to the sweeper. Never rejects. */
export async function announceCausedAlerts(
  pool: Pool,
  backend: Pick<QueueBackend, "queues">,
  alerts: readonly CausedAlert[],
  log: AnnounceLog,
): Promise<void> {
  const orders = alerts.flatMap(({ orderId }) => orderId ?? []);
  const requestIds = await readRequestIds(pool, orders);
  await announceAlerts(backend, alerts, log, ({ orderId = "", trace }) => {
    const requestId = requestIds.get(orderId);
    return {
      ...(requestId === undefined ? {} : { requestId }),
      ...(trace === undefined ? {} : { trace }),
    };
  });
}
