// Finds the stock holder of a SKU: the level of its own, or its product's where it has none.

import type { Pool } from "pg";
import { type Sql, sqlOn } from "../sql/sql.ts";
import { Refused } from "../refused.ts";
import { levelColumns, type LockedLevel } from "./locked-level.ts";

/** Reads a tracked item's holder as it stands. Throws `Refused` where there is no such item. */
export async function readTracked(pool: Pool, sku: string): Promise<LockedLevel> {
  return requireTracked(sku, await readHolder(sqlOn(pool), sku));
}

/** Locks a tracked item's holder. Throws `Refused` where there is no such item. */
export async function lockTracked(sql: Sql, sku: string): Promise<LockedLevel> {
  return requireTracked(sku, await lockHolder(sql, sku));
}

function requireTracked(sku: string, holder: LockedLevel | null): LockedLevel {
  if (holder === null) throw new Refused({ kind: "unknown", what: "product or variant", key: sku });
  if (!holder.tracked) throw new Refused({ kind: "not-tracked", sku });
  return holder;
}

async function readHolder(sql: Sql, sku: string): Promise<LockedLevel | null> {
  const rows = await sql<LockedLevel>(
    `select ${levelColumns}
     from stock_level item join stock_level l on l.id = coalesce(item.defers_to, item.id)
     where item.sku = $1 and not item.retired`,
    [sku],
  );
  return rows[0] ?? null;
}

/** Attempts at a lock, each of which an edit that moves the SKU to another holder can spoil. */
const attemptsMax = 5;

/** Edits of the catalogue lock every level of their product: what is read under the lock stays so. */
async function lockHolder(sql: Sql, sku: string): Promise<LockedLevel | null> {
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const [locked] = await sql<{ id: number }>(
      `select l.id from stock_level item join stock_level l on l.id = coalesce(item.defers_to, item.id)
       where item.sku = $1 and not item.retired for update of l`,
      [sku],
    );
    // Read by a statement of its own: one that waited for a lock still sees the item as it was before.
    const holder = await readHolder(sql, sku);
    if (holder === null || holder.id === locked?.id) return holder;
  }
  throw new Error(`The stock holder of ${sku} changed ${attemptsMax} times while it was locked.`);
}
