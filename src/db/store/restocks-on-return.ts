// Reads the store's setting of what happens to units that are cancelled or refunded.

import type { Sql } from "../sql/sql.ts";

/** Whether such units go back to stock at once, if the request does not say. */
export async function restocksOnReturn(sql: Sql): Promise<boolean> {
  const [store] = await sql<{ restock: boolean }>("select restock_on_return as restock from store");
  return store?.restock ?? false;
}
