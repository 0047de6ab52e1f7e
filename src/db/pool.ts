// The pool of the hot path: intake and batches write with SQL on these connections.

import { Socket } from "node:net";
import { Pool, TypeOverrides, types } from "pg";
import { coalesceWrites } from "../coalesce-writes.ts";
import { databaseSettings } from "./connection.ts";

/** How long one waits for a connection, a statement, a forgotten transaction. */
const limits = {
  connectionTimeoutMs: 5_000,
  statementTimeoutMs: 30_000,
  idleInTransactionMs: 30_000,
};

/** Reads bigint as numbers: counts of units stay far below 2^53. */
const countsAsNumbers = new TypeOverrides();
countsAsNumbers.setTypeParser(types.builtins.INT8, Number);

/** How a pool is set up. `synchronousCommit` off answers before the disk has it: see the README. */
export type PoolOptions = {
  readonly max: number;
  /**
   * How PostgreSQL plans statements. "once" is for the hot path, whose few statements find rows by their keys
   * whatever they are given: planned for each batch anew they would cost as much again. A plan that is kept
   * must not read whole tables, for it may have been made while they were empty. Left out, PostgreSQL decides.
   */
  readonly plans?: "once";
  readonly synchronousCommit: "on" | "off";
  /** Told of errors on idle connections, which would otherwise end the process. */
  readonly onError: (error: Error) => void;
};

/**
 * Creates the pool. It connects when first used. Counts (bigint) are read as numbers. Statements that are sent
 * on one connection without waiting for each other's answers leave in one packet.
 */
export function createPool(databaseUrl: string, options: PoolOptions): Pool {
  const pool = new Pool({
    ...databaseSettings(databaseUrl, {
      applicationName: "tallyman",
      session: [
        `synchronous_commit=${options.synchronousCommit}`,
        ...(options.plans === "once"
          ? ["plan_cache_mode=force_generic_plan", "enable_seqscan=off"]
          : []),
      ],
    }),
    max: options.max,
    connectionTimeoutMillis: limits.connectionTimeoutMs,
    statement_timeout: limits.statementTimeoutMs,
    idle_in_transaction_session_timeout: limits.idleInTransactionMs,
    keepAlive: true,
    pipeline: true,
    stream: openSocket,
    types: countsAsNumbers,
  });
  // pg calls a pool ended before its connections are: the server may still end one of them, and nobody lost it.
  pool.on("error", (error) => {
    if (!pool.ending) options.onError(error);
  });
  return pool;
}

function openSocket(): Socket {
  const socket = new Socket();
  coalesceWrites(socket);
  return socket;
}
