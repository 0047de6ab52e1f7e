// A turn: one worker delivers to one endpoint for a while. Whoever begins a turn, or changes the endpoint, ends the turn
// before it, because only the newest turn saves.

import type { Pool } from "pg";
import type { LaneBehind, WebhookChannel } from "../../domain/webhooks/endpoint.ts";
import type { LanesProgress } from "../../domain/webhooks/lanes.ts";

/** An endpoint as its turn begins. */
export type Turn = {
  readonly id: string;
  /** The number of the turn. */
  readonly turn: number;
  readonly url: string;
  readonly channel: WebhookChannel;
  /** The types of events that it gets; null stands for all. */
  readonly types: readonly string[] | null;
  /** What to sign with: two while they are rotated. */
  readonly secrets: readonly string[];
  readonly place: string;
  readonly lanes: readonly LaneBehind[];
};

/** Begins a turn. Resolves with null if the endpoint is not active, or there is none. */
export async function beginTurn(pool: Pool, id: string): Promise<Turn | null> {
  const { rows } = await pool.query<Turn>(
    `update webhook_endpoint e set turn = turn + 1, saved_at = clock_timestamp()
     where id = $1 and status = 'active'
     returning id, turn, url, channel, types, place::text as place, lanes,
       array_remove(array[secret, case when previous_secret_until > clock_timestamp() then previous_secret end], null)
         as secrets`,
    [id],
  );
  return rows[0] ?? null;
}

/** One attempt, as the log has it. `place` is of the last event of a message. */
export type LoggedAttempt = {
  readonly place: string;
  readonly type: string;
  readonly at: Date;
  readonly attempt: number;
  readonly outcome: "delivered" | "failed";
  readonly status: number | null;
  readonly tookMs: number;
  readonly error: string | null;
  readonly answer: string | null;
};

/** How many attempts of an endpoint are kept. */
export const attemptsKept = 100;

/**
 * Saves how far a turn has got, and adds to the log. Resolves with false, and saves nothing, if the turn is not the
 * endpoint's newest any more.
 */
export async function saveTurn(
  pool: Pool,
  { id, turn }: Pick<Turn, "id" | "turn">,
  progress: LanesProgress,
  attempts: readonly LoggedAttempt[],
): Promise<boolean> {
  const { rows } = await pool.query<{ saved: boolean }>(
    `with saved as (
       update webhook_endpoint set place = $3::bigint, lanes = $4::json, is_blocked = $5,
         next_at = case when $6::double precision is null then null
           else to_timestamp($6::double precision / 1000) end,
         saved_at = clock_timestamp(),
         delivered_at = coalesce((select max(at) from json_to_recordset($7::json) as a (at timestamptz, outcome text)
           where outcome = 'delivered'), delivered_at)
       where id = $1 and turn = $2 and status = 'active' returning id
     ), logged as (
       insert into webhook_attempt (endpoint_id, place, type, at, attempt, outcome, status, took_ms, error, answer)
       select id, a.place, a.type, a.at, a.attempt, a.outcome, a.status, a."tookMs", a.error, a.answer
       from saved cross join json_to_recordset($7::json) as a (place bigint, type text, at timestamptz,
         attempt integer, outcome text, status integer, "tookMs" integer, error text, answer text)
     ), removed as (
       delete from webhook_attempt where endpoint_id = (select id from saved) and json_array_length($7::json) > 0
         and id <= (select id from webhook_attempt where endpoint_id = $1 order by id desc offset $8 limit 1)
     )
     select true as saved from saved`,
    [
      id,
      turn,
      progress.place,
      JSON.stringify(progress.lanes),
      progress.isBlocked,
      progress.nextAt,
      JSON.stringify(attempts),
      attemptsKept,
    ],
  );
  return rows.length > 0;
}
