// Records when API keys were last used.

import type { Pool } from "pg";

/** Keys that were used within this time of their recorded last use are not written again. */
const recordAfterSeconds = 60;

/**
 * Records that the keys with these ids are in use now. A key is written at most once a minute, by all processes. A key
 * that another transaction is writing is left out.
 */
export async function recordLastUse(pool: Pool, ids: readonly string[]): Promise<void> {
  await pool.query({
    name: "record-last-use",
    text: `update api_key set last_used_at = now()
      where id in (
        select id from api_key where id = any($1::uuid[])
          and (last_used_at is null or last_used_at < now() - make_interval(secs => $2))
        for update skip locked)`,
    values: [ids, recordAfterSeconds],
  });
}
