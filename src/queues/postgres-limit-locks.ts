// BullMQ stores on PostgreSQL when a job's lock ends, by the clock of the worker that has it. A clock that is ten minutes
// ahead makes a lock of ten minutes more, and if that worker is killed, nobody does its jobs for as long.

import type { PostgresQueueBackend } from "bullmq";
import { jobLock } from "./backend.ts";

const statement = (schema: string): string => `
  update ${schema}.job set locked_until_ms = database.now + $1
  from (select (extract(epoch from clock_timestamp()) * 1000)::bigint as now) database
  where state = 'active' and locked_until_ms > database.now + 2 * $1`;

/**
 * Returns a function that lets no lock last longer from now than a lock lasts, by the database's clock. It rejects if the
 * database does not answer.
 */
export function limitLocksOnPostgres(
  { pool }: PostgresQueueBackend["connection"],
  schema: string,
): () => Promise<void> {
  return async () => {
    await pool.query(statement(schema), [jobLock.lockDuration]);
  };
}
