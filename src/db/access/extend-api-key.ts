// Extends a key that its own program keeps alive while it runs.

import type { MikroORM } from "@mikro-orm/postgresql";
import { sqlWithin } from "../sql/sql.ts";

/**
 * Lets a key end `lifeMs` milliseconds from now, unless it was revoked. Processes that have the key in their cache read
 * the new end when they reach the old one.
 */
export async function extendApiKey(orm: MikroORM, id: string, lifeMs: number): Promise<void> {
  await sqlWithin(orm.em.fork())(
    `update api_key set expires_at = now() + make_interval(secs => $2)
      where id = $1 and revoked_at is null`,
    [id, lifeMs / 1_000],
  );
}
