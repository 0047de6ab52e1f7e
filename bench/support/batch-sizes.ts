// How many orders shared a transaction or a job.

import type { Pool } from "pg";
import type { Laboratory } from "./laboratory.ts";

/** Reports how many orders a job has on average. */
export async function reportIntakeBatches(lab: Laboratory, pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ size: number }>(
    `select count(*)::double precision / count(distinct coalesce(job_id, id)) as size from "order"`,
  );
  lab.report(`  ${rows[0]?.size.toFixed(1)} orders announced at a time`);
}

/** Reports how many orders a batch has decided on average since a time. */
export async function reportDecisionBatches(
  lab: Laboratory,
  pool: Pool,
  since: Date,
): Promise<void> {
  const { rows } = await pool.query<{ size: number }>(
    `select count(*)::double precision / greatest(1, count(distinct tx)) as size from event where at >= $1`,
    [since],
  );
  lab.report(`  ${rows[0]?.size.toFixed(1)} orders decided at a time`);
}
