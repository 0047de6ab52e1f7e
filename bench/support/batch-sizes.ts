// How many orders shared a transaction or a job.

import type { Pool } from "pg";
import type { Laboratory } from "./laboratory.ts";

/** Tells how many orders one job of intake announced on average. */
export async function tellIntakeBatches(lab: Laboratory, pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ size: number }>(
    `select count(*)::double precision / count(distinct coalesce(job_id, id)) as size from "order"`,
  );
  lab.tell(`  ${rows[0]?.size.toFixed(1)} orders announced at a time`);
}

/** Tells how many orders one batch decided on average, of those decided since. */
export async function tellDecisionBatches(lab: Laboratory, pool: Pool, since: Date): Promise<void> {
  const { rows } = await pool.query<{ size: number }>(
    `select count(*)::double precision / greatest(1, count(distinct tx)) as size from event where at >= $1`,
    [since],
  );
  lab.tell(`  ${rows[0]?.size.toFixed(1)} orders decided at a time`);
}
