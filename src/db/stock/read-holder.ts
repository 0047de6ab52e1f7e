// Finds the stock holder of an SKU: its own level, or its product's if it has none.

import type { Pool } from "pg";
import { incomingOf, type StoredIncoming } from "../receiving/incoming.ts";
import { type Sql, sqlOn } from "../sql/sql.ts";
import { Refused } from "../refused.ts";
import { levelColumns, type LockedLevel } from "./locked-level.ts";

/** A level with what is on its way for it. */
export type LevelWithIncoming = LockedLevel & { readonly incoming: StoredIncoming | null };

/** Reads the holder of a tracked item without a lock. Throws `Refused` if there is no such item. */
export async function readTracked(pool: Pool, sku: string): Promise<LevelWithIncoming> {
  return requireTracked(sku, await readHolder(sqlOn(pool), sku));
}

/** Locks and reads the holder of a tracked item. Throws `Refused` if there is no such item. */
export async function lockTracked(sql: Sql, sku: string): Promise<LockedLevel> {
  return requireTracked(sku, await lockHolder(sql, sku));
}

function requireTracked<Level extends LockedLevel>(sku: string, holder: Level | null): Level {
  if (holder === null) throw new Refused({ kind: "unknown", what: "product or variant", key: sku });
  if (!holder.tracked) throw new Refused({ kind: "not-tracked", sku });
  return holder;
}

async function readHolder(sql: Sql, sku: string): Promise<LevelWithIncoming | null> {
  const rows = await sql<LevelWithIncoming>(
    `select ${levelColumns}, ${incomingOf("l")} as incoming
     from stock_level item join stock_level l on l.id = coalesce(item.defers_to, item.id)
     where item.sku = $1 and not item.retired`,
    [sku],
  );
  return rows[0] ?? null;
}

/** The most attempts at a lock. An attempt fails if an edit moves the SKU to another holder meanwhile. */
const attemptsMax = 5;

/** Edits of the catalogue lock every level of their product, so what is read under the lock does not change. */
async function lockHolder(sql: Sql, sku: string): Promise<LockedLevel | null> {
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const [locked] = await sql<{ id: number }>(
      `select l.id from stock_level item join stock_level l on l.id = coalesce(item.defers_to, item.id)
       where item.sku = $1 and not item.retired for update of l`,
      [sku],
    );
    // A second statement, because one that waited for a lock still sees the item as it was before.
    const holder = await readHolder(sql, sku);
    if (holder === null || holder.id === locked?.id) return holder;
  }
  throw new Error(
    `Expected the stock holder of ${sku} to stay the same while it is locked; it changed ${attemptsMax} times. Send the request again.`,
  );
}
