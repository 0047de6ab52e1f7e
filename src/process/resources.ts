// The resources of all roles: database, queue store and mail transport. What is not configured is embedded.

import { join, resolve } from "node:path";
import type { MikroORM } from "@mikro-orm/postgresql";
import type { Logger } from "pino";
import type { Config } from "../config.ts";
import { requireCurrentSchema } from "../db/check-database.ts";
import { startEmbeddedPostgres } from "../db/embedded/start-embedded-postgres.ts";
import { migrate } from "../db/migrate.ts";
import { createOrm } from "../db/orm.ts";
import { requireOwnSessions } from "../db/require-own-sessions.ts";
import { countDown, settlesInTime, type TimeLeft } from "../flow/deadline.ts";
import { createCatcher } from "../emails/delivery/catcher.ts";
import { createMailTransport, type MailTransport } from "../emails/delivery/transport.ts";
import type { Tracing } from "../flow/tracing.ts";
import type { QueueBackend } from "../queues/backend.ts";
import { createMetrics, type Metrics } from "../health/metrics.ts";
import { jobs } from "../queues/jobs/all-jobs.ts";
import { createPostgresQueueBackend } from "../queues/postgres-backend.ts";
import { readClusterNodes } from "../queues/redis-address.ts";
import { createRedisBackend } from "../queues/redis-backend.ts";
import { createThrottledLog } from "../flow/throttled-log.ts";
import { version } from "./version.ts";

/** The resources that the roles share. */
export type Resources = {
  readonly databaseUrl: string;
  /** The folder of the embedded database, or null if the configuration names a database. */
  readonly dataDir: string | null;
  readonly orm: MikroORM;
  readonly backend: QueueBackend;
  readonly transport: MailTransport;
  readonly metrics: Metrics;
  /** Left out if no setting asks for traces. */
  readonly tracing?: Tracing | undefined;
  /** Closes everything. Resolves in time, even if a store does not answer. */
  close(left: TimeLeft): Promise<void>;
};

/**
 * Opens the resources. It migrates an embedded database; a configured one must be migrated already. If one of them
 * can't be opened, it closes the others and rejects.
 */
export async function openResources(config: Config, log: Logger): Promise<Resources> {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async (left: TimeLeft): Promise<void> => {
    for (const closeOne of closers.splice(0).toReversed()) {
      const closed = closeOne().catch((error: unknown) =>
        log.error({ err: error }, "could not close cleanly"),
      );
      // Each gets half of the time that is left, so that the last one, the embedded database, has some too.
      if (!(await settlesInTime(closed, left(0.5)))) {
        log.warn("a store did not answer in time; its connections are left as they are");
      }
    }
  };
  try {
    const database = await openDatabase(config, log);
    closers.push(database.close);
    const orm = await createOrm(database.url);
    closers.push(() => orm.close());
    await requireCurrentSchema(orm);
    const backend = await openBackend(config, database.url, log);
    closers.push(() => backend.close());
    const transport =
      config.SMTP_URL === undefined
        ? createCatcher()
        : createMailTransport({ url: config.SMTP_URL });
    closers.push(() => transport.close());
    const metrics = createMetrics(
      Object.values(jobs).map(({ queue }) => queue),
      { version, queueStore: backend.kind },
    );
    const tracing = await openTraces(config, log);
    if (tracing !== undefined) closers.push(() => tracing.close(tracesMs));
    const { url: databaseUrl, dataDir } = database;
    return { databaseUrl, dataDir, orm, backend, transport, metrics, tracing, close };
  } catch (error) {
    await close(countDown(config.SHUTDOWN_DEADLINE_MS));
    throw error;
  }
}

/** How long the collector may take to get the last traces at a stop, in milliseconds. */
const tracesMs = 2_000;

/** Opens the traces if the settings name a collector. Otherwise nothing of OpenTelemetry's SDK is loaded. */
async function openTraces(config: Config, log: Logger): Promise<Tracing | undefined> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SDK_DISABLED: isDisabled } = config;
  if (endpoint === undefined || isDisabled) return undefined;
  const { openTracing } = await import("../tracing/open-tracing.ts");
  const onFailure = createThrottledLog(log, "traces could not be sent; they are dropped");
  return openTracing(config, { endpoint, version, onFailure });
}

type Database = {
  readonly url: string;
  readonly dataDir: string | null;
  readonly close: () => Promise<void>;
};

async function openDatabase(config: Config, log: Logger): Promise<Database> {
  if (config.DATABASE_URL !== undefined) {
    await requireOwnSessions(config.DATABASE_URL);
    return { url: config.DATABASE_URL, dataDir: null, close: () => Promise.resolve() };
  }
  const embedded = await startEmbeddedPostgres({
    dataDir: resolve(join(config.DATA_DIR, "postgres")),
    log: (sentence) => log.info(sentence),
  });
  try {
    await migrate(embedded.url);
  } catch (error) {
    await embedded.stop();
    throw error;
  }
  return { url: embedded.url, dataDir: embedded.dataDir, close: () => embedded.stop() };
}

/** Opens the queue store of the settings. */
export async function openBackend(
  config: Config,
  databaseUrl: string,
  log: Logger,
): Promise<QueueBackend> {
  const onError = createThrottledLog(log, "queue store trouble");
  const prefix = config.QUEUE_PREFIX;
  if (config.REDIS_URL !== undefined) {
    return createRedisBackend({ address: { url: config.REDIS_URL }, prefix, onError });
  }
  if (config.REDIS_CLUSTER_NODES !== undefined) {
    const address = readClusterNodes(config.REDIS_CLUSTER_NODES);
    return createRedisBackend({ address, prefix, onError });
  }
  return createPostgresQueueBackend({ databaseUrl, onError });
}
