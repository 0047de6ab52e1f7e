// Notes on pending orders which job announces them now, before it does.

import type { Pool } from "pg";

/**
 * Notes the job. Orders that have ended meanwhile keep the one that they ended by. They are locked in
 * ascending id, as batches lock them.
 */
export async function noteJob(pool: Pool, ids: readonly string[], jobId: string): Promise<void> {
  await pool.query(
    `update "order" o set job_id = $2 from (
       select id from "order" where id = any ($1::uuid[]) and status = 'pending' order by id for update
     ) pending where o.id = pending.id`,
    [ids, jobId],
  );
}
