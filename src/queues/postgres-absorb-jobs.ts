// How a job absorbs waiting jobs on PostgreSQL: by one statement on BullMQ's own tables.

import type { PostgresQueueBackend } from "bullmq";
import type { AbsorbJobs } from "./backend.ts";
import { jobOrdersMax } from "./jobs/process-order.ts";

/**
 * A condition in SQL: a worker can read this payload. A job that it can't read would make the running job unreadable,
 * and with it the orders of all jobs that it absorbed before. Left in the queue, it fails alone, where an operator
 * sees it. `data` names the payload's column.
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
 * Moves the orders of waiting jobs of the queue $1 into the running job $2, whose lock has the token $3, until that
 * holds at most $4 orders. It takes jobs that were never started, the oldest first, and stops at the first that does
 * not fit, can't be read or is of another version. Returns the running job's new payload, or no row.
 */
const statement = (schema: string): string => `
  with running as (
    select data from ${schema}.job
    where queue = $1 and id = $2 and state = 'active' and lock_token = $3
      and not exists (select from ${schema}.meta
        where queue = $1 and field = 'paused' and value = '1')
    for update
  ), waiting as (
    select id, priority, seq, data, attempts_started from ${schema}.job
    where queue = $1 and state = 'waiting' and exists (select from running)
    order by priority, seq limit $4
    for update skip locked
  ), measured as (
    select waiting.*, jsonb_array_length(running.data->'orders') as running_orders,
      attempts_started = 0 and waiting.data->'v' is not distinct from running.data->'v'
        and ${isReadable("waiting.data")} as is_alike
    from waiting, running
  ), counted as (
    select measured.*, bool_and(is_alike) over so_far as are_alike,
      running_orders + sum(case when is_alike then jsonb_array_length(data->'orders') end) over so_far as orders
    from measured
    window so_far as (order by priority, seq)
  ), absorbed as (
    delete from ${schema}.job
    using counted
    where job.queue = $1 and job.id = counted.id and counted.are_alike and counted.orders <= $4
    returning counted.data, counted.priority, counted.seq
  ), joined as (
    select jsonb_agg(one.value order by priority, seq, one.place) as orders,
      bool_or(data->'awaited' = 'true') as awaited
    from absorbed, jsonb_array_elements(data->'orders') with ordinality as one (value, place)
  )
  update ${schema}.job
  set data = job.data || jsonb_build_object('orders', (job.data->'orders') || joined.orders)
    || case when joined.awaited then '{"awaited": true}'::jsonb else '{}' end
  from joined
  where job.queue = $1 and job.id = $2 and joined.orders is not null
  returning job.data`;

/**
 * Creates the function for a queue on PostgreSQL. It uses a pool of BullMQ's own, whose tables lie in `schema`, and
 * rejects if the database does not answer.
 */
export function absorbJobsOnPostgres(
  { pool }: PostgresQueueBackend["connection"],
  schema: string,
  queue: string,
): AbsorbJobs {
  const text = statement(schema);
  return async (job, token) => {
    const values = [queue, job.id, token, jobOrdersMax];
    const { rows } = await pool.query<{ readonly data: unknown }>(text, values);
    return rows[0]?.data ?? job.data;
  };
}
