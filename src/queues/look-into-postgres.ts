// What the rounds see in BullMQ's tables.

import type { Pool } from "pg";
import { correctTimes } from "./correct-times.ts";
import type { QueueLook } from "./queue-rounds.ts";

/**
 * Looks into queues. `now` is the time of this process, by which its workers go. If a queue has jobs with times, wrong
 * times are corrected first. Rejects if the database is away.
 *
 * Each answer is one look into an index, in the order of that index. If none was asked for, PostgreSQL would read the whole
 * table once for each empty queue while another queue has many jobs, since it would expect to find one soon. Few jobs are
 * ever marked as stalled, so that needs no order.
 */
export async function lookIntoPostgres(
  pool: Pool,
  queues: readonly string[],
  now: number,
): Promise<readonly QueueLook[]> {
  const { rows } = await pool.query<Required<QueueLook> & { readonly isDelayed: boolean }>(
    `select q.queue,
       (select true from job j where j.queue = q.queue and j.state = 'waiting'
           order by j.priority, j.seq limit 1) is not null
         or (select true from job j where j.queue = q.queue and j.state = 'delayed' and j.process_at_ms <= $2
           order by j.process_at_ms limit 1) is not null as "isReady",
       (select true from job j where j.queue = q.queue and j.state = 'active'
           order by j.locked_until_ms limit 1) is not null
         or exists (select from job j where j.queue = q.queue and j.stalled_marked) as "mayHaveStalled",
       (select true from job j where j.queue = q.queue and j.state = 'delayed'
           order by j.process_at_ms limit 1) is not null as "isDelayed"
     from unnest($1::text[]) as q (queue)`,
    [queues, now],
  );
  const timed = rows.filter(({ mayHaveStalled, isDelayed }) => mayHaveStalled || isDelayed);
  if (timed.length > 0)
    await correctTimes(
      pool,
      timed.map(({ queue }) => queue),
    );
  return rows.map(({ queue, isReady, mayHaveStalled }) => ({ queue, isReady, mayHaveStalled }));
}
