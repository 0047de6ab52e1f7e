// Stores on pending orders the id of the job that announces them, before it does.

import type { Pool } from "pg";

/**
 * Sets the id. Orders that have ended meanwhile keep the one that they ended by. They are locked in
 * ascending id, as batches lock them.
 */
export async function setJobId(pool: Pool, ids: readonly string[], jobId: string): Promise<void> {
  await pool.query(
    `update "order" o set job_id = $2 from (
       select id from "order" where id = any ($1::uuid[]) and status = 'pending' order by id for update
     ) pending where o.id = pending.id`,
    [ids, jobId],
  );
}
