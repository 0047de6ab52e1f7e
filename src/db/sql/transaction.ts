// One transaction on the pool's hot path. It ends on every way out: no connection goes back to the pool
// in the middle of one.

import type { Pool, PoolClient, QueryConfig, QueryResult } from "pg";
import { ask } from "../../runtime/query-with-callback.ts";
import { sqlStateOf } from "./retry-transaction.ts";

/**
 * Sends a statement whose result nobody needs, and does not wait for it. Statements that are sent one after the
 * other share a round trip, the transaction's end included. Should one fail, the transaction does.
 */
export type SendStatement = (statement: QueryConfig) => void;

/**
 * Runs `work` in a transaction and commits. On any failure the transaction is rolled back, and a
 * connection whose state is unknown is destroyed instead of reused. When the connection breaks during
 * COMMIT the outcome is unknown: callers look at their rows again before they decide anything.
 */
export async function inTransaction<T>(
  pool: Pool,
  work: (client: PoolClient, send: SendStatement) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const sent: Promise<QueryResult>[] = [];
  const send = (statement: QueryConfig): void => {
    const answered = ask(client, statement);
    // Looked at when the transaction ends; until then it is nobody's.
    answered.catch(() => {});
    sent.push(answered);
  };
  try {
    send({ text: "begin" });
    const result = await work(client, send);
    send({ text: "commit" });
    const answers = await Promise.all(sent);
    refuseUnlessCommitted(answers.at(-1));
    return result;
  } catch (error) {
    // What follows a failed statement fails for that alone: the first failure is the one that tells why.
    const failed = (await Promise.allSettled(sent)).find(({ status }) => status === "rejected");
    const reason: unknown = failed?.status === "rejected" ? failed.reason : error;
    await client.query("rollback").catch((failure: unknown) => {
      broken = failure instanceof Error ? failure : new Error(String(failure));
    });
    // The server has become a standby. The address may lead to its successor by now, this connection never will.
    if (reason instanceof Error && sqlStateOf(reason) === readOnlyTransaction) broken = reason;
    throw reason;
  } finally {
    client.release(broken);
  }
}

/** The SQLSTATE of a write that a standby refuses. */
const readOnlyTransaction = "25006";

/** PostgreSQL answers COMMIT with ROLLBACK where a statement had failed and nobody heard of it. */
function refuseUnlessCommitted(answer: QueryResult | undefined): void {
  if (answer?.command === "COMMIT") return;
  throw new Error(`Expected COMMIT as the answer to COMMIT; got ${answer?.command}.`);
}
