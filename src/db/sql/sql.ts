// How SQL is run. There is one way for each of three needs:
//
// - A single statement: `pool.query`, pg's own. It commits by itself. See `createPool` for its time limits.
// - Several statements that must succeed or fail together: `inTransaction`, which passes `sql` to its work. If the
//   transaction may collide with another one, `retryTransaction` around it runs it again.
// - The hot path, a few statements that run for every batch of orders: `prepared` and `send` of `inTransaction`. A single
//   statement of the hot path is a `pool.query` with a name.
//
// An operation that is used in more than one of these places, or also in a unit of work of MikroORM (`sqlWithin`), takes
// an `Sql`.

import type { SqlEntityManager } from "@mikro-orm/postgresql";
import type { ClientBase, Pool } from "pg";
import { textArrayLiteral } from "./array-literal.ts";

/**
 * Runs one statement with `$n` placeholders and resolves with its rows. Rejects with pg's `DatabaseError`, whose
 * SQLSTATE `sqlStateOf` reads. The caller claims the type of the rows; nothing checks it.
 */
export type Sql = <Row extends object>(
  text: string,
  values?: readonly unknown[],
) => Promise<readonly Row[]>;

/** SQL on a connection, in the transaction that is open there; or, on a pool, each statement by itself. */
export function sqlOn(client: Pool | ClientBase): Sql {
  return async <Row extends object>(text: string, values: readonly unknown[] = []) =>
    (await client.query<Row>(text, [...values])).rows;
}

/**
 * SQL in the transaction of an entity manager, beside the entities that it writes. Values are strings, numbers,
 * booleans, null, or lists of them. Unlike on a connection of our pools, a bigint is read as a string.
 */
export function sqlWithin(em: SqlEntityManager): Sql {
  return <Row extends object>(text: string, values: readonly unknown[] = []) => {
    const used: unknown[] = [];
    const query = text.replaceAll(/\$(\d+)/g, (_placeholder, place: string) => {
      used.push(toParameter(values[Number(place) - 1]));
      return "?";
    });
    return em.execute<Row[]>(query, used);
  };
}

/** MikroORM writes a list as `a, b, c`, for use with `in`; these statements expect an array. */
function toParameter(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const entries: readonly unknown[] = value;
  return textArrayLiteral(entries.map(toText));
}

function toText(entry: unknown): string | null {
  if (entry === null || typeof entry === "string") return entry;
  return JSON.stringify(entry);
}
