// Tells every process that who may do what has changed, so that none goes on with what it remembers.

import type { SqlEntityManager } from "@mikro-orm/postgresql";
import { channels } from "../channels.ts";

/** Announces a change. Inside a transaction it is heard when, and only if, that commits. */
export async function notifyAccessChanged(em: SqlEntityManager): Promise<void> {
  await em.execute("select pg_notify(?, '')", [channels.accessChanged]);
}
