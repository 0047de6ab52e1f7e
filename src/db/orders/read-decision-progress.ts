// Reads how many orders wait for their decision, and how far decisions have come.

import type { Pool } from "pg";

/** The progress of decisions. */
export type DecisionProgress = {
  /** Orders that wait for their decision; not counted beyond a maximum. */
  readonly pending: number;
  /** A number that grows by at least one with each decision, because each writes an event. */
  readonly decided: number;
};

/** Reads the progress. It costs some milliseconds for each 10,000 orders that wait. */
export async function readDecisionProgress(
  pool: Pool,
  countMax: number,
): Promise<DecisionProgress> {
  const { rows } = await pool.query<DecisionProgress>(
    `select
       (select count(*) from (select from "order" where status = 'pending' limit $1) p) as pending,
       coalesce(pg_sequence_last_value('feed_place'::regclass), 0) as decided`,
    [countMax],
  );
  const [progress] = rows;
  if (progress === undefined) throw new Error("Expected one row of the progress; got none.");
  return progress;
}
