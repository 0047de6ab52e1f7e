// Removes old events. First the beginning of the feed is moved, so that readers are told; then the events before it are
// deleted, a portion at a time. Of an order all stay but its decision, which the order itself has: they are its history.

import type { Pool } from "pg";
import { readHorizon } from "../feed/horizon.ts";
import { placeBefore } from "../feed/place-before.ts";
import { inTransaction } from "../sql/transaction.ts";

/** A condition: nothing but the feed needs this event. */
export const isRemovable =
  "(type not like 'order.%' or type in ('order.confirmed', 'order.rejected'))";

/** The place that an active webhook has got to. Its events are kept until they are delivered. */
const heldBy = /* sql */ `(select min(least(e.place,
    (select min((lane ->> 'place')::bigint) from json_array_elements(e.lanes) lane)))
  from webhook_endpoint e where e.status = 'active')`;

/** Finds the place after which the feed would begin, if it kept only events since then. It never steps back. */
export async function placeOfCutoff(pool: Pool, since: Date): Promise<string> {
  const wanted = await placeBefore(pool, await readHorizon(pool), since);
  const { rows } = await pool.query<{ place: string }>(
    `select greatest(events_after, least($1::bigint, ${heldBy}))::text as place from retention`,
    [wanted],
  );
  return rows[0]?.place ?? "0";
}

/**
 * Lets the feed begin with the events since then, or with what an active webhook still needs. Whoever sets a webhook to
 * an older place meanwhile is waited for, and is seen: it holds the row that is locked first.
 */
export async function moveBeginning(pool: Pool, since: Date): Promise<void> {
  const wanted = await placeBefore(pool, await readHorizon(pool), since);
  await inTransaction(pool, async ({ sql }) => {
    await sql("select from retention for update");
    await sql(
      `update retention set events_after = to_place.place,
         events_gone_until = greatest(events_gone_until, (select max(at) from (
           (select at from event where id <= to_place.place order by id desc limit 1) union all
           (select at from movement where id + 0 <= to_place.place
             order by id + 0 desc limit 1)) last))
       from (select least($1::bigint, ${heldBy}) as place) to_place
       where to_place.place > events_after`,
      [wanted],
    );
  });
}

/** One portion of a removal: how many rows are gone, and whether more are to go. */
export type Portion = { readonly removed: number; readonly hasMore: boolean };

/**
 * Deletes events before the feed's beginning, of the next `limit` that it looks at. Two at once do no harm: the second
 * waits for the first, and goes on after it.
 */
export async function removeEvents(pool: Pool, limit: number): Promise<Portion> {
  return inTransaction(pool, async ({ sql }) => {
    const [row] = await sql<{ from: string; to: string }>(
      `select events_removed_to::text as "from", coalesce((
         select max(id) from (select id from event where id > events_removed_to and id <= events_after
           order by id limit $1) portion), events_after)::text as "to"
       from retention for update`,
      [limit],
    );
    if (row === undefined || row.from === row.to) return { removed: 0, hasMore: false };
    const gone = await sql<{ removed: number; hasMore: boolean }>(
      `with gone as (
         delete from event where id > $1::bigint and id <= $2::bigint and ${isRemovable} returning 1
       ), moved as (
         update retention set events_removed_to = $2::bigint returning events_after > $2::bigint as "hasMore"
       ) select (select count(*) from gone)::integer as removed, "hasMore" from moved`,
      [row.from, row.to],
    );
    return gone[0] ?? { removed: 0, hasMore: false };
  });
}
