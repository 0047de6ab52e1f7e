// Pauses an endpoint that wants nothing more, or that has failed for too long. It keeps its place.

import type { Pool } from "pg";
import type { PauseReason } from "../../domain/webhooks/endpoint.ts";
import type { Turn } from "./turn.ts";

/** Pauses the endpoint. Resolves with false, and changes nothing, if the turn is not its newest any more. */
export async function pauseEndpoint(
  pool: Pool,
  { id, turn }: Pick<Turn, "id" | "turn">,
  because: PauseReason,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update webhook_endpoint set status = 'paused', paused_because = $3, status_since = clock_timestamp(),
       turn = turn + 1 where id = $1 and turn = $2 and status = 'active'`,
    [id, turn, because],
  );
  return rowCount === 1;
}
