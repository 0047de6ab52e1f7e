// Finds the endpoints that have something to do.

import type { Pool } from "pg";

/**
 * Finds the active endpoints that are behind the feed's horizon, or whose time for a next attempt has come, and that
 * nobody has saved for `ageMs` milliseconds. `active` is the number of active endpoints: without any, nothing needs to
 * be looked at for a while.
 */
export async function findDueEndpoints(
  pool: Pool,
  ageMs = 0,
): Promise<{ readonly active: number; readonly due: readonly { id: string; url: string }[] }> {
  const { rows } = await pool.query<{ id: string; url: string; due: boolean }>({
    name: "find-due-endpoints",
    text: `with active as materialized (
        select id, url, place, is_blocked, next_at, saved_at from webhook_endpoint where status = 'active'
      ), feed as materialized (
        select place from feed_horizon() where exists (select from active)
      )
      select a.id, a.url, (a.next_at <= clock_timestamp() or (a.place < f.place and not a.is_blocked))
        is true and a.saved_at <= clock_timestamp() - make_interval(secs => $1::double precision / 1000) as due
      from active a cross join feed f order by a.id`,
    values: [ageMs],
  });
  return { active: rows.length, due: rows.filter(({ due }) => due) };
}
