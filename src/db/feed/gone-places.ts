// Places of the feed that are gone. What came after a backup was handed out under places that a restored database does not
// know. So a restore leaves out the next places, and remembers which: a program that has read one of them is told so for good, also
// when the feed has long passed it.

import type { ClientBase, Pool } from "pg";

/**
 * How many places a restore leaves out. They must be more than a store uses between its backup and its end; a day at 500
 * orders a second uses 90 million. An audit looks at 500,000 places at once, so it does not notice them.
 */
const leftOut = 100_000_000;

/** Leaves out the places after the one that the restored data match. To be called before anything is written. */
export async function leaveOutPlaces(client: ClientBase, after: string): Promise<void> {
  await client.query(
    `with next as (select setval('feed_place', $1::bigint + ${leftOut}) as place)
     update feed set gone_places = gone_places + int8multirange(int8range($1::bigint + 1, place)) from next`,
    [after],
  );
}

/** The place itself; or the end of the places that are gone, if it is one of them. */
export async function pastGone(pool: Pool, place: string): Promise<string> {
  const { rows } = await pool.query<{ end: string }>({
    name: "feed-past-gone",
    text: `select upper(gone)::text as end from feed cross join unnest(gone_places) gone
      where gone_places @> $1::bigint and gone @> $1::bigint`,
    values: [place],
  });
  return rows[0]?.end ?? place;
}

/**
 * How many of the places after this one, an SQL expression, were left out by restores, as a bigint. The place that ends a
 * range was handed out to nothing, too.
 */
export const gonePlacesAfter = (place: string): string => /* sql */ `(
  select coalesce(sum(greatest(0, upper(gone) - greatest(lower(gone) - 1, ${place}))), 0)::bigint
  from feed cross join unnest(feed.gone_places) gone)`;
