// Sets the job of pending orders before the job announces them.

import type { Pool } from "pg";

/**
 * Sets the id of the job that announces the orders. An order that is no longer pending keeps its job. The orders are
 * locked in ascending id, as batches lock them.
 */
export async function setJobId(pool: Pool, ids: readonly string[], jobId: string): Promise<void> {
  await pool.query(
    `update "order" o set job_id = $2 from (
       select id from "order" where id = any ($1::uuid[]) and status = 'pending' order by id for update
     ) pending where o.id = pending.id`,
    [ids, jobId],
  );
}
