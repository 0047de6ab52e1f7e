// Corrects times in BullMQ's tables that a worker wrote whose clock was ahead. BullMQ takes every time from its own
// process. If such a worker dies, no other would take over any job of the queue until its time has come.

import type { Pool } from "pg";
import { jobLock } from "./backend.ts";

/** How far clocks may differ, in milliseconds. */
const toleranceMs = 5_000;

/**
 * Corrects the times of queues that lie further ahead of the database's clock than any worker with a right clock would
 * write: when a lock runs out, when a delayed job is due, and when stalled jobs were looked for.
 */
export async function correctTimes(pool: Pool, queues: readonly string[]): Promise<void> {
  await pool.query(
    `with clock as (select (extract(epoch from clock_timestamp()) * 1000)::bigint as now),
     checks as (
       update meta set value = now::text from clock
       where queue = any ($1) and field = 'stalled-check' and value::bigint > now + $2)
     update job set locked_until_ms = least(locked_until_ms, now),
       process_at_ms = least(process_at_ms, now + delay_ms)
     from clock
     where queue = any ($1) and (
       (state = 'active' and locked_until_ms > now + $2 + $3)
       or (state = 'delayed' and process_at_ms > now + $2 and process_at_ms > now + $2 + delay_ms))`,
    [queues, toleranceMs, jobLock.lockDuration],
  );
}
