// Watches for endpoints that have something to do, and announces their jobs. So no writer of events needs to notify
// anyone. Each worker process watches; BullMQ adds no second job under an id.

import { setTimeout as pause } from "node:timers/promises";
import type { Pool } from "pg";
import { untilNext } from "../flow/until-next.ts";
import { findDueEndpoints } from "../db/webhooks/find-due-endpoints.ts";
import type { JobQueue } from "../queues/backend.ts";
import { webhookJob } from "../queues/jobs/deliver-webhook.ts";

/** A running watch. */
export type WebhookWatch = {
  /** Ends the watch. Resolves once a look that has begun is over. */
  close(): Promise<void>;
};

/** How often it looks while an endpoint is active, and while none is, in milliseconds. */
const looks = { activeMs: 250, idleMs: 1_000 };

/** Starts the watch. A look that fails goes to `onError`, and the next one tries again. */
export function watchWebhooks(
  pool: Pool,
  queue: JobQueue<"deliver-webhook">,
  onError: (error: unknown) => void,
): WebhookWatch {
  const closing = new AbortController();
  const look = async (): Promise<number> => {
    const { active, due } = await findDueEndpoints(pool);
    if (due.length > 0) await queue.announce(due.map((endpoint) => webhookJob(endpoint)));
    return active > 0 ? looks.activeMs : untilNext(looks.idleMs);
  };
  const lookOn = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      const waitMs = await look().catch((error: unknown) => {
        onError(error);
        return looks.idleMs;
      });
      await pause(waitMs, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  };
  const looking = lookOn();
  return {
    async close() {
      closing.abort();
      await looking;
    },
  };
}
