// The worker role: runs a worker for each job, and the sweeper.

import type { Pool } from "pg";
import type { Logger } from "pino";
import { type HealthContext, healthRouter } from "../health/health-router.ts";
import { metricsRouter } from "../health/metrics-router.ts";
import type { Scraped } from "../health/scraped-gauges.ts";
import type { Config } from "../config.ts";
import { createPool } from "../db/sql/pool.ts";
import { countDown, settlesInTime, type TimeLeft } from "../flow/deadline.ts";
import { createTemplateThread } from "../emails/templating/template-thread.ts";
import { announceCausedAlerts, type CausedAlert } from "../workers/announce-caused-alerts.ts";
import type { JobProcessor } from "../queues/backend.ts";
import { type JobName, jobs } from "../queues/jobs/all-jobs.ts";
import { jobOrdersMax } from "../queues/jobs/process-order.ts";
import { createThrottledLog } from "../flow/throttled-log.ts";
import { createExpiryBatcher, createExpiryProcessor } from "../workers/expire-order.ts";
import { startOrderIndexer } from "../workers/index-orders.ts";
import { createLowStockProcessor } from "../workers/check-low-stock.ts";
import { canGather, composeDigest } from "../workers/compose-digest-mail.ts";
import { createLowStockComposer } from "../workers/compose-low-stock-mail.ts";
import { createOrderBatcher, createOrderProcessor, jobsInHand } from "../workers/process-order.ts";
import { createMailProcessor } from "../workers/send-mail.ts";
import { startSweeper, type SweepCounts, type Sweeper } from "../workers/sweeper/sweeper.ts";
import { createHttpServer } from "./http-server.ts";
import { createMetricsServer, type MetricsServer, plainApp } from "./metrics-server.ts";
import { countingAttempts } from "./counting-attempts.ts";
import { keptDays } from "./kept-days.ts";
import { followingOrigin } from "./following-origin.ts";
import type { Resources } from "./resources.ts";
import { startWebhookDelivery } from "./webhook-delivery.ts";

/**
 * How long the render of one mail may take, in milliseconds. A template passed a much stricter check when it was
 * saved, so only a busy machine comes near this.
 */
const templateMs = 5_000;

/** A running worker role. */
export type WorkerRole = {
  /** Finishes the jobs in progress, then closes everything. Resolves in time, even if a store does not answer. */
  stop(left: TimeLeft): Promise<void>;
};

/** How a worker role is started. */
export type WorkerRoleOptions = {
  /** The address that links in mails begin with. */
  readonly publicUrl: () => string;
  /** Whether this process answers health checks itself. It does if it has no API. */
  readonly servesHealth: boolean;
};

/** Starts the role. Rejects if it can't listen at the address for health checks. */
export async function startWorker(
  config: Config,
  resources: Resources,
  log: Logger,
  { publicUrl, servesHealth }: WorkerRoleOptions,
): Promise<WorkerRole> {
  const { backend, metrics, tracing } = resources;
  const onError = createThrottledLog(log, "worker trouble");
  const pool = createPool(resources.databaseUrl, {
    max: config.DATABASE_POOL,
    plans: "once",
    synchronousCommit: config.SYNCHRONOUS_COMMIT,
    onError,
  });
  metrics.addPool("worker", pool);
  const processing = createProcessing(config, resources, pool, log, publicUrl);
  const webhooks = startWebhookDelivery(config, resources, log, {
    publicUrl,
    hasOrders: () => processing.oldestOrderMs() > 0,
  });
  const processors = { ...processing.processors, "deliver-webhook": webhooks.process };
  const workers = Object.values(jobs).map((job) => {
    const concurrency = "concurrency" in job ? job.concurrency : processing.jobsMax;
    const followed = followingOrigin(job.name, processors[job.name], tracing);
    const process = countingAttempts(job.queue, followed, metrics.jobAttempts);
    return backend.createWorker(job.name, process, {
      concurrency,
      onError,
    });
  });
  const sweeper = startCountedSweeper(config, resources, pool, log);
  const indexer = startOrderIndexer(pool, log);

  let stopping = false;
  const { oldestOrderMs } = processing;
  const health = servesHealth
    ? createHealthServers(
        config,
        { pool, orderPool: pool, backend, metrics, oldestOrderMs },
        () => stopping,
      )
    : undefined;
  const stop = async (left: TimeLeft): Promise<void> => {
    stopping = true;
    webhooks.stop();
    const closed = Promise.all([sweeper, indexer, ...workers].map((each) => each.close()));
    // A worker waits for its jobs, jobs wait for their batch, and a batch waits for a store that may never answer.
    if (!(await settlesInTime(closed, left(0.7)))) {
      log.warn("jobs did not finish in time; another worker will do them again");
    }
    await processing.close(left);
    await webhooks.close(left);
    await settlesInTime(pool.end(), left(0.3));
    await health?.close(left(0.3));
  };
  try {
    await health?.listen();
  } catch (error) {
    await stop(countDown(config.SHUTDOWN_DEADLINE_MS));
    throw error;
  }
  return { stop };
}

/** The servers of a process without an API: for health checks and, maybe at a port of its own, for metrics. */
function createHealthServers(
  config: Config,
  context: HealthContext & Scraped,
  isStopping: () => boolean,
): MetricsServer {
  const app = plainApp().use(healthRouter(context, isStopping));
  const metrics = createMetricsServer(config, context);
  if (metrics === undefined) app.use(metricsRouter(context, config.METRICS_KEY));
  const server = createHttpServer(app);
  return {
    async listen() {
      await server.listen(config);
      await metrics?.listen();
    },
    async close(deadlineMs) {
      await Promise.all([server.close(deadlineMs), metrics?.close(deadlineMs)]);
    },
  };
}

/** Creates the processor of each job, and what they share: the batch of orders and the template thread. */
function createProcessing(
  config: Config,
  { backend, transport, metrics, tracing }: Resources,
  pool: Pool,
  log: Logger,
  publicUrl: () => string,
) {
  const jobsMax = jobsInHand(config.BATCH_ORDERS_MAX);
  const batching = {
    ordersMax: config.BATCH_ORDERS_MAX,
    linesMax: config.BATCH_LINES_MAX,
    lingerMs: config.BATCH_LINGER_MS,
    waitingMax: jobsMax * jobOrdersMax,
  };
  const announcing = new Set<Promise<void>>();
  const announce = (alerts: readonly CausedAlert[]) => {
    const announced = announceCausedAlerts(pool, backend, alerts, log).finally(() =>
      announcing.delete(announced),
    );
    announcing.add(announced);
  };
  const batcher = createOrderBatcher(pool, batching, announce, log, metrics.onDecided, tracing);
  const expiries = createExpiryBatcher(pool, announce, metrics.onExpired);
  const messageIdHost = config.MAIL_FROM.slice(config.MAIL_FROM.indexOf("@") + 1);
  const compose = createLowStockComposer(publicUrl, messageIdHost);
  const sender = { name: config.MAIL_FROM_NAME, email: config.MAIL_FROM };
  const templates = createTemplateThread({ workMs: templateMs, pendingMax: 1_000 });
  const queue = backend.queues["send-mail"];
  const gatherMs = config.ALERT_GATHER_MS;

  const processors: Readonly<Record<Exclude<JobName, "deliver-webhook">, JobProcessor>> = {
    "process-order": createOrderProcessor(batcher, pool, backend.absorbJobs, jobsMax, tracing),
    "check-low-stock": createLowStockProcessor(pool, queue, { compose, gatherMs }, log),
    "send-mail": createMailProcessor({
      pool,
      queue,
      transport,
      sender,
      renderOverride: templates.render,
      publicUrl,
      release: {
        gatherMs,
        perMinute: config.ALERT_MAILS_PER_MINUTE,
        compose: composeDigest,
        canGather,
      },
      onMail: metrics.onMail,
      onFailure: createThrottledLog(log, "the mail server did not take a mail"),
      log,
    }),
    "expire-order": createExpiryProcessor(pool, expiries),
  };
  const close = async (left: TimeLeft): Promise<void> => {
    await settlesInTime(Promise.all([batcher.close(), expiries.close()]), left(0.3));
    await settlesInTime(Promise.allSettled(announcing), left(0.3));
    await settlesInTime(templates.close(), left(0.3));
  };
  return { processors, jobsMax, oldestOrderMs: batcher.oldestMs, close };
}

/** Starts the sweeper. What it announces again is a warning in the log and a metric. */
function startCountedSweeper(
  config: Config,
  { backend, metrics }: Resources,
  pool: Pool,
  log: Logger,
): Sweeper {
  const onSwept = (counts: SweepCounts) => {
    log.warn(counts, "announced again what had lost its job");
    for (const { name, queue } of Object.values(jobs)) {
      metrics.sweptTotal.inc({ queue }, counts[name]);
    }
  };
  const settings = {
    intervalMs: config.SWEEP_INTERVAL_MS,
    afterMs: config.SWEEP_AFTER_MS,
    kept: keptDays(config),
  };
  return startSweeper(pool, backend, settings, onSwept, log, (outcome) =>
    metrics.sweeps.inc({ outcome }),
  );
}
