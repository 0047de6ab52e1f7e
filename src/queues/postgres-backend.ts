// The queue store on PostgreSQL, BullMQ's own backend, in a schema of its own beside the store's tables.

import { createPostgresBackend, Queue, runMigrations, Worker } from "bullmq";
import type { PostgresConnectionOptions, PostgresQueueBackend } from "bullmq";
import { Client } from "pg";
import { databaseSettings } from "../db/connection.ts";
import { jobLock, type QueueBackend } from "./backend.ts";
import { createJobQueue } from "./job-queue.ts";
import { type JobName, queuePolicies } from "./jobs.ts";
import { takeAlongOnPostgres } from "./postgres-take-along.ts";

/** The schema that holds the queues' tables. */
const schema = "bullmq";

/** How the backend is set up. */
export type PostgresBackendOptions = {
  readonly databaseUrl: string;
  readonly onError: (error: Error) => void;
};

/** Connections that one queue or one worker may hold, besides the one that listens. */
const connections = { queue: 3, worker: 6 };

/**
 * Finished jobs are kept by age alone. Kept by number, each job that ends would have the store look through all
 * that are kept.
 */
const retention = { removeOnComplete: { age: 300 }, removeOnFail: { age: 14 * 24 * 3600 } };

/** How long a statement may wait for a free connection; a full hand of jobs ends in far less. */
const connectionTimeoutMs = 30_000;

/**
 * Prepares the schema and creates the backend. The schema comes first: a queue whose first connection
 * fails remembers that failure for good. Rejects where the database does not answer.
 */
export async function createPostgresQueueBackend(
  options: PostgresBackendOptions,
): Promise<QueueBackend> {
  const { databaseUrl, onError } = options;
  await prepareSchema(databaseUrl);
  const connection = (max: number) => ({
    ...databaseSettings(databaseUrl, {
      applicationName: "tallyman-queue",
      // A job is a hint: one that a crash forgets is announced again, and one that a crash brings back finds
      // nothing to do. So nobody need wait for the disk to have it.
      session: ["synchronous_commit=off"],
    }),
    schema,
    max,
    connectionTimeoutMillis: connectionTimeoutMs,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 30_000,
  });

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
      { connection: connection(connections.queue) },
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
      const worker = new Worker(
        queuePolicies[job].queue,
        process,
        {
          connection: connection(connections.worker),
          concurrency: settings.concurrency,
          runRetryDelay: 1_000,
          ...jobLock,
        },
        createPostgresBackend,
      );
      worker.on("error", settings.onError);
      return worker;
    },
    async close() {
      await Promise.allSettled(Object.values(queues).map((queue) => queue.bull.close()));
    },
  };
}

async function prepareSchema(databaseUrl: string): Promise<void> {
  const client = new Client({
    ...databaseSettings(databaseUrl, { applicationName: "tallyman-queue" }),
    connectionTimeoutMillis: 10_000,
  });
  await client.connect();
  try {
    await runMigrations(client, schema);
  } finally {
    await client.end();
  }
}
