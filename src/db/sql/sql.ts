// The one form in which operations shared by the hot path and by people's edits run SQL: a function inside
// the caller's transaction, whoever opened it.

import type { Pool, PoolClient } from "pg";

/** Runs one statement with `$n` placeholders in the caller's transaction and resolves with its rows. */
export type Sql = <Row extends object>(
  text: string,
  values: readonly unknown[],
) => Promise<readonly Row[]>;

/** SQL on a connection of the pool; or, where one statement is all there is, on any of them. */
export function sqlOn(client: Pool | PoolClient): Sql {
  return async <Row extends object>(text: string, values: readonly unknown[]) =>
    (await client.query<Row>(text, [...values])).rows;
}
