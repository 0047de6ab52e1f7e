// Keeps the statements of the hot path out of V8's old memory. The bench's `wait` shows the difference:
// docs/decisions/v8-flags.md has the numbers.

import type { ClientBase, QueryConfig, QueryResult, QueryResultRow } from "pg";

/**
 * Executes a statement and resolves with its result, as `client.query` does. V8 puts a function that is written as `x.y
 * = () => …` into old memory, with all that it refers to. pg writes one for each statement that has no callback, so the
 * statement, its rows and all that waits for them would stay until a full collection. With a callback pg writes none.
 * Unlike `client.query` it adds no stack of the caller to an error.
 */
export function queryWithCallback<Row extends QueryResultRow>(
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
