// The pool of the hot path: intake and batches write with SQL on these connections.

import { Pool, types } from "pg";

/** How long one waits for a connection, a statement, a forgotten transaction. */
const limits = {
  connectionTimeoutMs: 5_000,
  statementTimeoutMs: 30_000,
  idleInTransactionMs: 30_000,
};

const int8 = 20;

/** How a pool is set up. `synchronousCommit` off answers before the disk has it: see the README. */
export type PoolOptions = {
  readonly max: number;
  readonly synchronousCommit: "on" | "off";
  /** Told of errors on idle connections, which would otherwise end the process. */
  readonly onError: (error: Error) => void;
};

/** Creates the pool. It connects when first used. Counts (bigint) are read as numbers. */
export function createPool(databaseUrl: string, options: PoolOptions): Pool {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: options.max,
    connectionTimeoutMillis: limits.connectionTimeoutMs,
    statement_timeout: limits.statementTimeoutMs,
    idle_in_transaction_session_timeout: limits.idleInTransactionMs,
    application_name: "tallyman",
    keepAlive: true,
    options: `-c synchronous_commit=${options.synchronousCommit}`,
    types: {
      getTypeParser: (oid, format) =>
        oid === int8 && format !== "binary" ? Number : types.getTypeParser(oid, format),
    },
  });
  pool.on("error", options.onError);
  return pool;
}
