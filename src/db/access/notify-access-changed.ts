// Notifies every process that access has changed, so that each empties its cache of keys and sessions.

import type { SqlEntityManager } from "@mikro-orm/postgresql";
import { channels } from "../channels.ts";
import { sqlWithin } from "../sql/sql.ts";

/** Notifies all processes. In a transaction, PostgreSQL delivers the notification only after the commit. */
export async function notifyAccessChanged(em: SqlEntityManager): Promise<void> {
  await sqlWithin(em)("select pg_notify($1, '')", [channels.accessChanged]);
}
