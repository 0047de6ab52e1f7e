// How a job takes others along on PostgreSQL: by one statement on BullMQ's own tables.

import type { PostgresQueueBackend } from "bullmq";
import type { TakeAlong } from "./backend.ts";
import { jobOrdersMax } from "./jobs.ts";

/**
 * Whether a payload's orders can be read by a worker. A job that could not be read would spoil the job in hand, and
 * with it the orders of all that were taken before. Left in its place, it fails alone, where it can be seen.
 */
const isReadable = (data: string): string => `
  case when jsonb_typeof(${data}->'orders') = 'array'
    then ${data}->'orders' <> '[]' and coalesce(jsonb_typeof(${data}->'awaited'), 'boolean') = 'boolean'
      and not exists (select from jsonb_array_elements(${data}->'orders') entry where not coalesce(
      jsonb_typeof(entry->'order') = 'string'
      and entry->>'order' ~* '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$'
      and jsonb_typeof(entry->'reference') = 'string'
      and jsonb_typeof(entry->'lines') = 'number'
      and entry->>'lines' ~ '^[1-9][0-9]{0,9}$', false))
    else false end`;

/**
 * Of the queue $1, into the job $2 that is held by the token $3, so that it holds at most $4 orders. The oldest
 * jobs go that were never begun, one after the other, up to the first that does not fit or is of another version.
 */
const statement = (schema: string): string => `
  with held as (
    select data from ${schema}.job
    where queue = $1 and id = $2 and state = 'active' and lock_token = $3
      and not exists (select from ${schema}.meta
        where queue = $1 and field = 'paused' and value = '1')
    for update
  ), waiting as (
    select id, priority, seq, data, attempts_started from ${schema}.job
    where queue = $1 and state = 'waiting' and exists (select from held)
    order by priority, seq limit $4
    for update skip locked
  ), measured as (
    select waiting.*, jsonb_array_length(held.data->'orders') as held_orders,
      attempts_started = 0 and waiting.data->'v' is not distinct from held.data->'v'
        and ${isReadable("waiting.data")} as is_alike
    from waiting, held
  ), counted as (
    select measured.*, bool_and(is_alike) over so_far as are_alike,
      held_orders + sum(case when is_alike then jsonb_array_length(data->'orders') end) over so_far as orders
    from measured
    window so_far as (order by priority, seq)
  ), taken as (
    delete from ${schema}.job
    using counted
    where job.queue = $1 and job.id = counted.id and counted.are_alike and counted.orders <= $4
    returning counted.data, counted.priority, counted.seq
  ), joined as (
    select jsonb_agg(one.value order by priority, seq, one.place) as orders,
      bool_or(data->'awaited' = 'true') as awaited
    from taken, jsonb_array_elements(data->'orders') with ordinality as one (value, place)
  )
  update ${schema}.job
  set data = job.data || jsonb_build_object('orders', (job.data->'orders') || joined.orders)
    || case when joined.awaited then '{"awaited": true}'::jsonb else '{}' end
  from joined
  where job.queue = $1 and job.id = $2 and joined.orders is not null
  returning job.data`;

/** On PostgreSQL, by a connection of BullMQ's own, whose tables lie in `schema`. */
export function takeAlongOnPostgres(
  { pool }: PostgresQueueBackend["connection"],
  schema: string,
  queue: string,
): TakeAlong {
  const text = statement(schema);
  return async (job, token) => {
    const values = [queue, job.id, token, jobOrdersMax];
    const { rows } = await pool.query<{ readonly data: unknown }>(text, values);
    return rows[0]?.data ?? job.data;
  };
}
