// The queue store on PostgreSQL: BullMQ's own backend, in a schema of its own beside the store's tables.

import {
  assertSchemaCompatibility,
  DEFAULT_SCHEMA,
  isPgPool,
  LATEST_SCHEMA_VERSION,
  Queue,
  runMigrations,
  SchemaMigrationRequiredError,
  Worker,
} from "bullmq";
import type { JobProgress, PgPool, PostgresConnectionOptions, PostgresQueueBackend } from "bullmq";
import type { Client, Pool } from "pg";
import { advisoryLocks } from "../db/advisory-locks.ts";
import { createClient, createQueuePool, livingConnection } from "../db/sql/pool.ts";
import { lookIntoPostgres } from "./look-into-postgres.ts";
import { createQueueRounds, foundByRounds } from "./queue-rounds.ts";
import { renewHeldLocks } from "./renew-held-locks.ts";
import { createRetryingBackend } from "./retried-start.ts";
import { watchHeldConnections } from "./watch-held-connections.ts";
import type { JobQueues, QueueBackend } from "./backend.ts";
import { createJobQueue } from "./job-queue.ts";
import { mapJobs, type JobName, jobs } from "./jobs/all-jobs.ts";
import { absorbJobsOnPostgres } from "./postgres-absorb-jobs.ts";

/** The schema that holds the queues' tables. BullMQ assumes this one if it is given a pool. */
const schema = DEFAULT_SCHEMA;

/** How the backend is set up. */
export type PostgresBackendOptions = {
  readonly databaseUrl: string;
  /** Called with errors of the connections, which the backend survives. */
  readonly onError: (error: Error) => void;
};

/** Connections that one queue or one worker may hold; a worker's first listens. */
const connections = { queue: 3, worker: 7 };

/**
 * How long a worker waits, in seconds, until it looks by itself whether it has a job. It gets to know of one much sooner:
 * by a notification or, if that was lost, by the next round.
 */
const ownLookSeconds = 300;

/**
 * Finished jobs are kept by age alone, in seconds. If they were kept by number, the store would look through all that
 * are kept whenever a job ends.
 */
const retention = { removeOnComplete: { age: 300 }, removeOnFail: { age: 14 * 24 * 3600 } };

/**
 * Prepares the schema and creates the backend. The schema comes first, because queues and workers expect it. Rejects if the database does not answer, or if the login may not create the schema.
 */
export async function createPostgresQueueBackend(
  options: PostgresBackendOptions,
): Promise<QueueBackend> {
  const { databaseUrl, onError } = options;
  await prepareSchema(databaseUrl);
  const pools = new Set<Pool>();
  const workerPools = new Set<Pool>();
  const rounds = createQueueRounds(async (queues) => {
    const [pool] = workerPools;
    return pool === undefined ? [] : lookIntoPostgres(pool, queues, Date.now());
  });
  /** Creates the pool of one queue or worker. They share none, because a worker keeps one connection to listen. */
  const connection = (max: number): Pool => {
    const pool = createQueuePool(databaseUrl, { schema, max, onError });
    pools.add(pool);
    return pool;
  };

  const end = async (pool: Pool): Promise<void> => {
    if (pools.delete(pool)) await pool.end();
  };

  const bullOf = (job: JobName) => {
    const bull = new Queue<
      unknown,
      unknown,
      string,
      unknown,
      unknown,
      string,
      PostgresQueueBackend,
      PostgresConnectionOptions
    >(
      jobs[job].queue,
      { connection: forBullMq(connection(connections.queue)) },
      createRetryingBackend,
    );
    bull.on("error", onError);
    return bull;
  };
  const bulls = mapJobs(bullOf);
  const queues: JobQueues = mapJobs((job) => createJobQueue(job, bulls[job], retention));
  const orders = bulls["process-order"];

  return {
    kind: "PostgreSQL",
    queues,
    absorbJobs: absorbJobsOnPostgres(orders.backend.connection, schema, orders.name),
    createWorker(job, process, settings) {
      const { queue } = jobs[job];
      const pool = connection(connections.worker);
      workerPools.add(pool);
      const held = watchHeldConnections(pool);
      const worker = new PostgresWorker(
        queue,
        process,
        {
          connection: forBullMq(pool),
          concurrency: settings.concurrency,
          runRetryDelay: 1_000,
          drainDelay: ownLookSeconds,
          ...foundByRounds,
        },
        createRetryingBackend,
      );
      rounds.add({
        queue,
        isClosed: () => pool.ending || worker.closing !== undefined,
        wake: () => held.notify(queue),
        findStalled: () => worker.backend.moveStalledJobsToWait(),
        onError: settings.onError,
      });
      worker.on("error", settings.onError);
      worker.on("closed", () => {
        workerPools.delete(pool);
        void end(pool);
      });
      return worker;
    },
    async close() {
      await Promise.allSettled(Object.values(queues).map((queue) => queue.bull.close()));
      await Promise.all([...pools].map((pool) => end(pool)));
    },
  };
}

/** A worker that keeps time for locks only while it has jobs. */
class PostgresWorker extends Worker<
  unknown,
  unknown,
  string,
  PostgresQueueBackend,
  JobProgress,
  PostgresConnectionOptions
> {
  protected override createLockManager(): void {
    super.createLockManager();
    renewHeldLocks(this.lockManager);
  }
}

/** Returns the same pool, as the type by which BullMQ describes it. */
function forBullMq(pool: unknown): PgPool {
  if (isPgPool(pool)) return pool;
  throw new Error("Expected a pool that BullMQ can use; this version of pg has another kind.");
}

/**
 * Creates or migrates the queues' tables, unless they are as this version needs them. In that case nothing is written:
 * PostgreSQL wants the right to create a schema even if the schema exists, and the service's login need not have it.
 * Rejects if the database does not answer, or refuses.
 */
export async function prepareSchema(databaseUrl: string): Promise<void> {
  const client = createClient(databaseUrl, "tallyman-queue", livingConnection);
  await client.connect();
  try {
    if ((await preparedVersion(client)) < LATEST_SCHEMA_VERSION) {
      await runMigrations(client, schema);
    }
    await indexStalledJobs(client);
  } finally {
    await client.end();
  }
}

/**
 * Creates an index that BullMQ lacks, unless it is there. Every two seconds BullMQ looks for the jobs that it marked the
 * last time, a few at most. Without the index it would read all jobs of the queue, however many wait.
 */
async function indexStalledJobs(client: Client): Promise<void> {
  const name = "tallyman_stalled_jobs";
  const { rows } = await client.query<{ missing: boolean }>(
    "select to_regclass($1) is null as missing",
    [`${schema}.${name}`],
  );
  if (rows[0]?.missing !== true) return;
  // Two processes that start together would both find it missing, and the creation of the second would fail.
  await client.query(`begin;
    select pg_advisory_xact_lock(${advisoryLocks.queueIndex});
    create index if not exists ${name} on ${schema}.job (queue) where stalled_marked;
    commit`);
}

/** The version of the queues' tables; 0 if there are none. */
async function preparedVersion(client: Client): Promise<number> {
  try {
    return await assertSchemaCompatibility(client, schema);
  } catch (error) {
    if (error instanceof SchemaMigrationRequiredError) return 0;
    throw error;
  }
}
