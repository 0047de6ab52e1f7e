// The queue store on PostgreSQL, BullMQ's own backend, in a schema of its own beside the store's tables.

import {
  assertSchemaCompatibility,
  createPostgresBackend,
  DEFAULT_SCHEMA,
  isPgPool,
  LATEST_SCHEMA_VERSION,
  Queue,
  runMigrations,
  SchemaMigrationRequiredError,
  Worker,
} from "bullmq";
import type { PgPool, PostgresConnectionOptions, PostgresQueueBackend } from "bullmq";
import type { Client, Pool } from "pg";
import { createClient, createQueuePool, livingConnection } from "../db/pool.ts";
import { watchHeldConnections } from "./watch-held-connections.ts";
import { jobLock, type QueueBackend } from "./backend.ts";
import { createJobQueue } from "./job-queue.ts";
import { type JobName, queuePolicies } from "./jobs.ts";
import { takeAlongOnPostgres } from "./postgres-take-along.ts";

/** The schema that holds the queues' tables: the one that BullMQ takes for granted if a pool is given to it. */
const schema = DEFAULT_SCHEMA;

/** How the backend is set up. */
export type PostgresBackendOptions = {
  readonly databaseUrl: string;
  readonly onError: (error: Error) => void;
};

/** Connections that one queue or one worker may hold; a worker's first listens. */
const connections = { queue: 3, worker: 7 };

/**
 * Finished jobs are kept by age alone. Kept by number, each job that ends would have the store look through all
 * that are kept.
 */
const retention = { removeOnComplete: { age: 300 }, removeOnFail: { age: 14 * 24 * 3600 } };

/**
 * Prepares the schema and creates the backend. The schema comes first: a queue whose first connection
 * fails remembers that failure for good. Rejects where the database does not answer.
 */
export async function createPostgresQueueBackend(
  options: PostgresBackendOptions,
): Promise<QueueBackend> {
  const { databaseUrl, onError } = options;
  await prepareSchema(databaseUrl);
  const pools = new Set<Pool>();
  /** Each queue and worker has a pool of its own: a worker keeps one connection for good, to listen. */
  const connection = (max: number): Pool => {
    const pool = createQueuePool(databaseUrl, { schema, max, onError });
    watchHeldConnections(pool);
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
      queuePolicies[job].queue,
      { connection: forBullMq(connection(connections.queue)) },
      createPostgresBackend,
    );
    bull.on("error", onError);
    return bull;
  };
  const orders = bullOf("process-order");
  const queues = {
    "process-order": createJobQueue("process-order", orders, retention),
    "check-low-stock": createJobQueue("check-low-stock", bullOf("check-low-stock"), retention),
    "send-mail": createJobQueue("send-mail", bullOf("send-mail"), retention),
  };

  return {
    kind: "PostgreSQL",
    queues,
    takeAlong: takeAlongOnPostgres(orders.backend.connection, schema, orders.name),
    createWorker(job, process, settings) {
      const pool = connection(connections.worker);
      const worker = new Worker(
        queuePolicies[job].queue,
        process,
        {
          connection: forBullMq(pool),
          concurrency: settings.concurrency,
          runRetryDelay: 1_000,
          ...jobLock,
        },
        createPostgresBackend,
      );
      worker.on("error", settings.onError);
      worker.on("closed", () => void end(pool));
      return worker;
    },
    async close() {
      await Promise.allSettled(Object.values(queues).map((queue) => queue.bull.close()));
      await Promise.all([...pools].map((pool) => end(pool)));
    },
  };
}

/** The same pool: BullMQ describes what it needs of one in its own words. */
function forBullMq(pool: unknown): PgPool {
  if (isPgPool(pool)) return pool;
  throw new Error("Expected a pool that BullMQ can use; this version of pg has another kind.");
}

/**
 * Makes the queues' tables if they are not there as this version needs them. Otherwise it only looks: a login that
 * works on the tables need not have the right to make a schema, which PostgreSQL asks for even if there is one.
 */
export async function prepareSchema(databaseUrl: string): Promise<void> {
  const client = createClient(databaseUrl, "tallyman-queue", livingConnection);
  await client.connect();
  try {
    if ((await preparedVersion(client)) < LATEST_SCHEMA_VERSION) {
      await runMigrations(client, schema);
    }
  } finally {
    await client.end();
  }
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
