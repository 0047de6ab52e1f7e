// Asks PostgreSQL on a connection of the hot path.

import type { ClientBase, QueryConfig, QueryResult, QueryResultRow } from "pg";

/**
 * Executes a statement and resolves with its result, as `client.query` does without a callback. But pg then
 * assigns one to a property of the statement, and a function that is written in such a place V8 puts into old
 * memory: the statement, its rows and all that waits for them stay until the whole heap is collected.
 */
export function ask<Row extends QueryResultRow>(
  client: ClientBase,
  statement: QueryConfig,
): Promise<QueryResult<Row>> {
  return new Promise((resolve, reject) => {
    client.query<Row>(statement, (error: Error | null, result) => {
      if (error === null) resolve(result);
      else reject(error);
    });
  });
}
