// Pools of connections to PostgreSQL. Every wait for a reply has a limit. If a connection is dead and nothing reported
// it, it is destroyed when a reply is overdue, and the next one that is opened works again.

import { Socket } from "node:net";
import {
  type Client,
  type ClientConfig,
  Pool,
  type PoolClient,
  type PoolConfig,
  type QueryResult,
  TypeOverrides,
  types,
} from "pg";
import { coalesceWrites } from "../../runtime/coalesce-writes.ts";
import { databaseSettings } from "./connection.ts";
import { clientOf } from "./primary-client.ts";

/** How long a statement waits for a connection, in milliseconds. */
const connectionTimeoutMs = 5_000;

/**
 * How long a statement may take, in milliseconds, before PostgreSQL cancels it. The statements of orders take a
 * hundredth of that. It is short enough that an order on a dead connection fails before its client gives up.
 */
const statementMsMax = 8_000;

/** How much later the reply must be here, in milliseconds. If it is not, PostgreSQL or the network is dead. */
const answerGraceMs = 2_000;

/** How long a transaction may do nothing before PostgreSQL ends it: its process is frozen or gone. */
const idleInTransactionMs = 10_000;

/**
 * How long a connection is kept that nobody uses, in milliseconds. It is longer than the pause between two thorough
 * sweeps: a new connection costs more than all statements of a sweep.
 */
const idleConnectionMs = 30_000;

/** Reads bigint as numbers: counts of units stay far below 2^53. */
const countsAsNumbers = new TypeOverrides();
countsAsNumbers.setTypeParser(types.builtins.INT8, Number);

/** How a pool is set up. With `synchronousCommit` off, a commit does not wait for the disk: see the README. */
export type PoolOptions = {
  readonly max: number;
  /**
   * How PostgreSQL plans prepared statements. "once" is for the hot path: its few statements find rows by their keys
   * for any values, and new plans for each batch would double their cost. A plan that is kept must not read whole
   * tables, since it may have been made while they were empty. If `plans` is missing, PostgreSQL decides.
   */
  readonly plans?: "once";
  readonly synchronousCommit: "on" | "off";
  /** How long a statement may take, in milliseconds. 8,000 if missing. */
  readonly statementMsMax?: number;
  /** Called with errors of idle connections. If nothing handled them, they would end the process. */
  readonly onError: (error: Error) => void;
};

/**
 * Creates a pool. It connects when it is first used.
 *
 * `pool.query(text, values)` is the way to run a single statement. It waits up to 5 s for a connection; PostgreSQL
 * cancels the statement after `statementMsMax`, and 2 s later the connection is given up. Nothing is tried again. It
 * rejects with pg's `DatabaseError`, or with the failure of the connection; then it is unknown whether the statement
 * had its effect.
 *
 * A bigint is read as a number. Statements that are sent on one connection without waiting for each other leave in one
 * packet.
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
      Client: clientOf(databaseUrl),
      max: options.max,
      idleTimeoutMillis: idleConnectionMs,
      stream: openSocket,
      types: countsAsNumbers,
    }),
    options.onError,
  );
}

/**
 * Creates a pool for BullMQ, whose tables are in `schema`. A commit does not wait for the disk, because a job is only a
 * hint: if a crash loses a job, the sweeper announces it again; if a crash repeats a job, it finds nothing to do.
 *
 * A new connection is refused if its server is a standby. After a failover the address may lead to the old primary for a
 * while. BullMQ would use a connection to it again and again, so that it would never close.
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
      Client: clientOf(databaseUrl),
      max: options.max,
      verify: refuseStandby,
    }),
    options.onError,
  );
}

/** Calls `done` with an error if the server of a new connection takes no writes because it is a standby. */
function refuseStandby(client: PoolClient, done: (error?: Error) => void): void {
  const onAnswer = (error: Error | null, result: QueryResult<{ standby: boolean }>): void => {
    const isStandby = error === null && result.rows[0]?.standby === true;
    const problem =
      "Expected the primary server, to which DATABASE_URL must lead; this one is a standby.";
    done(isStandby ? new Error(problem) : (error ?? undefined));
  };
  client.query<{ standby: boolean }>("select pg_is_in_recovery() as standby", onAnswer);
}

/**
 * The time limits of a connection, in milliseconds. pg destroys a connection whose reply is overdue only if `pipeline`
 * is on, so it is on for all connections.
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

/** The settings for work without a time limit, such as a migration. They only detect a machine that is gone. */
export const livingConnection = {
  connectionTimeoutMillis: connectionTimeoutMs,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
} as const satisfies PoolConfig;

/**
 * Creates a single connection. The caller opens it with `connect()`. If the connection breaks, the caller's statement
 * fails; the connection's own error event is ignored.
 */
export function createClient(
  databaseUrl: string,
  applicationName: string,
  bounds: ClientConfig = boundedAnswers(),
): Client {
  const ClientOfAddress = clientOf(databaseUrl);
  const client = new ClientOfAddress({
    ...databaseSettings(databaseUrl, { applicationName }),
    ...bounds,
  });
  client.on("error", () => undefined);
  return client;
}

/** Handles every error of the pool's connections. An error event without a handler ends the process. */
function guard(pool: Pool, onError: (error: Error) => void): Pool {
  // If a connection breaks while it is in use, the statement fails, so its error event can be ignored.
  pool.on("connect", (client: PoolClient) => client.on("error", () => undefined));
  // pg reports the pool as ended before its connections are closed. If the server closes one first, that is no error.
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
