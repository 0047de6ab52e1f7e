// How far each endpoint is behind the feed.

import type { Pool } from "pg";
import { gonePlacesAfter } from "../feed/gone-places.ts";

/** The delays. A delay is counted in places of the feed that were not left out, and is that of an endpoint's slowest lane. */
export type WebhookDelays = {
  readonly active: readonly { readonly id: string; readonly behind: number }[];
  /** How many endpoints the service has paused. */
  readonly paused: number;
};

/** Reads the delays now. */
export async function readWebhookDelays(pool: Pool): Promise<WebhookDelays> {
  const { rows } = await pool.query<WebhookDelays>(
    `select coalesce(json_agg(json_build_object('id', id,
         'behind', greatest(0, last_place - least_place - ${gonePlacesAfter("least_place")}))
         order by id) filter (where status = 'active'), '[]') as active,
       (count(*) filter (where paused_because in ('gone', 'failing')))::integer as paused
     from webhook_endpoint
       cross join (select pg_sequence_last_value('feed_place') as last_place) last
       cross join lateral (select least(place, (
         select min((lane ->> 'place')::bigint) from json_array_elements(lanes) lane)) as least_place) least`,
  );
  return rows[0] ?? { active: [], paused: 0 };
}
