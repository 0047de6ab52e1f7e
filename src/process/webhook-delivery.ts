// What a worker process needs to deliver webhooks: connections of its own, so that deliveries take none from orders; the
// client that posts; and the watch for endpoints that have something to do.

import type { Logger } from "pino";
import type { Config } from "../config.ts";
import { createPool } from "../db/sql/pool.ts";
import { settlesInTime, type TimeLeft } from "../flow/deadline.ts";
import { createThrottledLog } from "../flow/throttled-log.ts";
import { createYieldingPace } from "../flow/yielding-pace.ts";
import type { JobProcessor } from "../queues/backend.ts";
import { announceOrLeaveToSweeper } from "../queues/announce-or-leave-to-sweeper.ts";
import { mailJob } from "../queues/jobs/send-mail.ts";
import { createPost } from "../webhooks/post.ts";
import { composeWebhook } from "../workers/compose-webhook.ts";
import { createWebhookPausedComposer } from "../workers/compose-webhook-paused-mail.ts";
import { createWebhookProcessor } from "../workers/deliver-webhook.ts";
import { watchWebhooks } from "../workers/watch-webhooks.ts";
import type { Resources } from "./resources.ts";

/** The delivery of webhooks in a worker process. */
export type WebhookDelivery = {
  readonly process: JobProcessor;
  /** Begins no more deliveries, and breaks those off that take long. Call it before the worker waits for its jobs. */
  stop(): void;
  /** Closes everything. Resolves in time, even if the database does not answer. */
  close(left: TimeLeft): Promise<void>;
};

/** What a delivery needs of the process. */
export type DeliveryOptions = {
  /** The address that links begin with. */
  readonly publicUrl: () => string;
  /** Whether the process has orders to decide now. */
  readonly hasOrders: () => boolean;
};

/** How many messages a process posts in a second while it has orders to decide: some tenth of its time. */
const besideOrders = 500;

/** Connections for reads of the feed and for saves, of all endpoints together. */
const connections = 3;

/** Starts the delivery. */
export function startWebhookDelivery(
  config: Config,
  { backend, databaseUrl, metrics }: Resources,
  log: Logger,
  { publicUrl, hasOrders }: DeliveryOptions,
): WebhookDelivery {
  const onError = createThrottledLog(log, "webhook trouble");
  const { SYNCHRONOUS_COMMIT: synchronousCommit } = config;
  const pool = createPool(databaseUrl, { max: connections, synchronousCommit, onError });
  metrics.addPool("webhooks", pool);
  const { post, close } = createPost({ allowed: config.WEBHOOK_ALLOWED_ADDRESSES ?? [] });
  const messageIdHost = config.MAIL_FROM.slice(config.MAIL_FROM.indexOf("@") + 1);
  const stopping = new AbortController();
  const watch = watchWebhooks(pool, backend.queues["deliver-webhook"], onError);
  const process = createWebhookProcessor(pool, {
    post,
    pace: createYieldingPace({ isBusy: hasOrders, perSecond: besideOrders }),
    compose: (turn, events) => composeWebhook(turn, events, publicUrl()),
    stop: stopping.signal,
    graceMs: 3_000,
    onAttempt: (outcome) => metrics.webhookAttempts.inc({ outcome }),
    composePaused: createWebhookPausedComposer(publicUrl, messageIdHost),
    onPaused({ id, url }, because, mails) {
      const host = URL.parse(url)?.host ?? "?";
      log.warn({ endpoint: id, host, because }, "paused a webhook endpoint");
      const about = `webhooks to ${host}`;
      void announceOrLeaveToSweeper(
        backend.queues["send-mail"],
        mails.map((mail) => mailJob({ ...mail, about })),
        log,
      );
    },
  });
  return {
    process,
    stop: () => stopping.abort(),
    async close(left) {
      stopping.abort();
      await settlesInTime(watch.close(), left(0.3));
      close();
      await settlesInTime(pool.end(), left(0.5));
    },
  };
}
