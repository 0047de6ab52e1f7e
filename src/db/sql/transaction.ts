// Transactions on a pool. Each one ends on every way out: no connection goes back to the pool in the middle of one.

import type { Pool, QueryResult } from "pg";
import { queryWithCallback } from "../../runtime/query-with-callback.ts";
import { countMovements } from "../stock/movement-counts.ts";
import { sqlStateOf } from "./retry-transaction.ts";
import { type Sql, sqlOn } from "./sql.ts";

/** A statement of the hot path. Each connection prepares it once, under its name; one name has one text. */
export type PreparedStatement = {
  readonly name: string;
  readonly text: string;
  readonly values: unknown[];
};

/** The ways to run a statement in an open transaction. */
export type Transaction = {
  /** Runs a statement. */
  readonly sql: Sql;
  /**
   * Runs a statement of the hot path and resolves with its rows. Rejects as `sql` does, but without the caller's stack.
   */
  readonly prepared: <Row extends object>(statement: PreparedStatement) => Promise<readonly Row[]>;
  /**
   * Sends a statement of the hot path and does not wait for its result. Statements that are sent one after the other
   * share a round trip, also with COMMIT. If one fails, the transaction fails.
   */
  readonly send: (statement: PreparedStatement) => void;
};

/**
 * Runs `work` in a transaction and commits. Use it if several statements must succeed or fail together. The pool's
 * limits hold for each statement (see `createPool`); nothing is tried again (see `retryTransaction`).
 *
 * On any failure the transaction is rolled back, and the promise rejects with the failure that came first. A connection
 * whose state is unknown is destroyed instead of reused. If the connection breaks during COMMIT, the outcome is
 * unknown: callers look at their rows again before they decide anything.
 */
export async function inTransaction<T>(
  pool: Pool,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const sent: Promise<QueryResult>[] = [];
  const sendAny = (statement: PreparedStatement | { readonly text: string }): void => {
    const result = queryWithCallback(client, statement);
    // The end of the transaction looks at the result. Until then its failure must not count as unhandled.
    result.catch(() => {});
    sent.push(result);
  };
  const prepared = async <Row extends object>(statement: PreparedStatement) =>
    (await queryWithCallback<Row>(client, statement)).rows;
  try {
    sendAny({ text: "begin" });
    const sql = sqlOn(client);
    const result = await work({ sql, prepared, send: sendAny });
    sendAny({ text: "commit" });
    const results = await Promise.all(sent);
    requireCommitted(results.at(-1));
    countMovements(sql);
    return result;
  } catch (error) {
    // A statement after a failed one fails only because of it: the first failure has the reason.
    const failed = (await Promise.allSettled(sent)).find(({ status }) => status === "rejected");
    const reason: unknown = failed?.status === "rejected" ? failed.reason : error;
    await client.query("rollback").catch((failure: unknown) => {
      broken = failure instanceof Error ? failure : new Error(String(failure));
    });
    // The server has become a standby. The address may lead to its successor now, but this connection never will.
    if (reason instanceof Error && sqlStateOf(reason) === readOnlyTransaction) broken = reason;
    throw reason;
  } finally {
    client.release(broken);
  }
}

/** The SQLSTATE of a write that a standby refuses. */
const readOnlyTransaction = "25006";

/** PostgreSQL replies to COMMIT with ROLLBACK if a statement failed and its failure was not noticed. */
function requireCommitted(result: QueryResult | undefined): void {
  if (result?.command === "COMMIT") return;
  throw new Error(
    `Expected PostgreSQL to reply COMMIT to COMMIT; got ${result?.command}. A statement of this transaction failed and its error was ignored; nothing was stored.`,
  );
}
