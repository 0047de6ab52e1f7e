// Pools of connections to PostgreSQL. No answer is waited for without a bound: a connection that is dead, though
// nobody said so, is destroyed once an answer is overdue, and the next one that is opened works again.

import { Socket } from "node:net";
import {
  Client,
  type ClientConfig,
  Pool,
  type PoolClient,
  type PoolConfig,
  TypeOverrides,
  types,
} from "pg";
import { coalesceWrites } from "../../runtime/coalesce-writes.ts";
import { databaseSettings } from "./connection.ts";

/** How long one waits for a connection, in milliseconds. */
const connectionTimeoutMs = 5_000;

/**
 * How long a statement may take, in milliseconds, before PostgreSQL cancels it. Those of orders take a hundredth of
 * that. So orders that meet a dead connection wait for no longer than their clients do.
 */
const statementMsMax = 8_000;

/** How much later the answer must be here, in milliseconds. If it is not, PostgreSQL or the way to it is dead. */
const answerGraceMs = 2_000;

/** How long a transaction may do nothing before PostgreSQL ends it: its process is frozen or gone. */
const idleInTransactionMs = 10_000;

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
  /** How long a statement may take, in milliseconds, if not as long as those that people wait for. */
  readonly statementMsMax?: number;
  /** Told of errors on idle connections, which would otherwise end the process. */
  readonly onError: (error: Error) => void;
};

/**
 * Creates the pool. It connects when first used. Counts (bigint) are read as numbers. Statements that are sent
 * on one connection without waiting for each other's answers leave in one packet.
 */
export function createPool(databaseUrl: string, options: PoolOptions): Pool {
  const session = [
    `synchronous_commit=${options.synchronousCommit}`,
    ...(options.plans === "once"
      ? ["plan_cache_mode=force_generic_plan", "enable_seqscan=off"]
      : []),
  ];
  return guard(
    new Pool({
      ...databaseSettings(databaseUrl, { applicationName: "tallyman", session }),
      ...boundedAnswers(options.statementMsMax),
      max: options.max,
      stream: openSocket,
      types: countsAsNumbers,
    }),
    options.onError,
  );
}

/**
 * Creates a pool for BullMQ, whose tables lie in `schema`. A job is a hint: one that a crash forgets is announced
 * again, and one that a crash brings back finds nothing to do. So nobody need wait for the disk to have it.
 */
export function createQueuePool(
  databaseUrl: string,
  options: {
    readonly schema: string;
    readonly max: number;
    readonly onError: (error: Error) => void;
  },
): Pool {
  const session = ["synchronous_commit=off", `search_path=${options.schema}`];
  return guard(
    new Pool({
      ...databaseSettings(databaseUrl, { applicationName: "tallyman-queue", session }),
      ...boundedAnswers(),
      max: options.max,
    }),
    options.onError,
  );
}

/**
 * The bounds of whatever connects to PostgreSQL. pg destroys a connection whose answer is overdue only if it may
 * send statements without waiting for each other's answers, so all connections may.
 */
export function boundedAnswers(statementMs = statementMsMax, idleMs = idleInTransactionMs) {
  return {
    ...livingConnection,
    statement_timeout: statementMs,
    query_timeout: statementMs + answerGraceMs,
    idle_in_transaction_session_timeout: idleMs,
    pipeline: true,
  } as const satisfies PoolConfig;
}

/** For work that may take as long as it takes, such as a migration: only a machine that is gone is noticed. */
export const livingConnection = {
  connectionTimeoutMillis: connectionTimeoutMs,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
} as const satisfies PoolConfig;

/**
 * Creates a single connection, which is still to be opened. Its errors are heard: whoever uses it learns of its end
 * by the failure of what they asked.
 */
export function createClient(
  databaseUrl: string,
  applicationName: string,
  bounds: ClientConfig = boundedAnswers(),
): Client {
  const client = new Client({ ...databaseSettings(databaseUrl, { applicationName }), ...bounds });
  client.on("error", () => undefined);
  return client;
}

/** Hears every error of the pool's connections: one that nobody hears ends the process. */
function guard(pool: Pool, onError: (error: Error) => void): Pool {
  // While a connection is in use, whoever uses it learns of its end by the failure of what they asked.
  pool.on("connect", (client: PoolClient) => client.on("error", () => undefined));
  // pg calls a pool ended before its connections are: the server may still end one of them, and nobody lost it.
  pool.on("error", (error) => {
    if (!pool.ending) onError(error);
  });
  return pool;
}

function openSocket(): Socket {
  const socket = new Socket();
  coalesceWrites(socket);
  return socket;
}
