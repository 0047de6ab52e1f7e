// Reads the ids of the requests that placed some orders, for lines of the log. It is apart from what decides orders, which
// does not need them.

import type { Pool } from "pg";
import { arrayLiteral } from "../sql/array-literal.ts";

/** The ids of the requests, by order. It leaves out orders without one, and all of them if the database does not answer. */
export async function readRequestIds(
  pool: Pool,
  orders: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (orders.length === 0) return new Map();
  try {
    const { rows } = await pool.query<{ readonly id: string; readonly requestId: string }>(
      `select id, request_id as "requestId" from "order"
       where id = any ($1::uuid[]) and request_id is not null`,
      [arrayLiteral(orders)],
    );
    return new Map(rows.map(({ id, requestId }) => [id, requestId]));
  } catch {
    return new Map();
  }
}
