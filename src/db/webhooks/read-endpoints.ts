// Reads endpoints with how far each has got, and the log of what they answered.

import type { Pool } from "pg";
import type { PauseReason, WebhookChannel, WebhookStatus } from "../../domain/webhooks/endpoint.ts";
import { gonePlacesAfter } from "../feed/gone-places.ts";
import type { LoggedAttempt } from "./turn.ts";

/** A lane of which the next event has failed. Times are as PostgreSQL or the worker wrote them. */
export type FailingLane = {
  readonly place: string;
  readonly since: string;
  readonly attempts: number;
  readonly nextAttemptAt: string | null;
  readonly lastError: string | null;
};

/** An attempt as it is logged; `place` is null for a test. */
export type StoredAttempt = Omit<LoggedAttempt, "place"> & {
  readonly id: string;
  readonly place: string | null;
};

/** An endpoint without its secrets. Places are decimal text. */
export type StoredEndpoint = {
  readonly id: string;
  readonly url: string;
  readonly description: string;
  readonly channel: WebhookChannel;
  readonly types: readonly string[] | null;
  readonly status: WebhookStatus;
  readonly pausedBecause: PauseReason | null;
  readonly statusSince: Date;
  readonly place: string;
  /** The place up to which every lane has delivered everything. */
  readonly leastPlace: string;
  /** How many places after that one restores left out. */
  readonly goneAfter: number;
  /** When the first event after the least place happened; null if there is none. */
  readonly behindSince: Date | null;
  /** Whether events after the least place are no longer kept. */
  readonly hasMissed: boolean;
  readonly failing: readonly FailingLane[];
  readonly deliveredAt: Date | null;
  readonly lastAttempt: {
    readonly at: string;
    readonly type: string;
    readonly outcome: "delivered" | "failed";
    readonly status: number | null;
    readonly error: string | null;
  } | null;
  readonly oldSecretUntil: Date | null;
  readonly createdAt: Date;
  readonly createdBy: string;
};

/** The log has no lanes: the failed attempt with the lane's number after its place is the lane's, as far as it is kept. */
const failing = /* sql */ `coalesce((
  select json_agg(json_build_object('place', lane ->> 'place', 'since', lane ->> 'failingSince',
    'attempts', lane -> 'attempts', 'nextAttemptAt', lane ->> 'nextAt', 'lastError', (
      select a.error from webhook_attempt a
      where a.endpoint_id = e.id and a.outcome = 'failed' and a.attempt = (lane ->> 'attempts')::integer
        and a.place > (lane ->> 'place')::bigint
      order by a.id desc limit 1)) order by lane ->> 'failingSince')
  from json_array_elements(e.lanes) lane where lane ->> 'failingSince' is not null), '[]')`;

const lastAttempt = /* sql */ `(
  select json_build_object('at', a.at, 'type', a.type, 'outcome', a.outcome, 'status', a.status, 'error', a.error)
  from webhook_attempt a where a.endpoint_id = e.id order by a.id desc limit 1)`;

/** Events and movements share their numbering; the index of the movements' places has this expression. */
const behindSince = /* sql */ `(
  select min(next.at) from (
    (select at from event where id > least.place order by id limit 1) union all
    (select at from movement where id + 0 > least.place and id + 0 > (select stock_changes_after from feed)
      order by id + 0 limit 1)) next)`;

const select = /* sql */ `
  select e.id, e.url, e.description, e.channel, e.types, e.status, e.paused_because as "pausedBecause",
    e.status_since as "statusSince", e.place::text as place, least.place::text as "leastPlace",
    ${gonePlacesAfter("least.place")} as "goneAfter",
    e.status <> 'disabled' and least.place < (select events_after from retention) as "hasMissed",
    case when e.status <> 'disabled' then ${behindSince} end as "behindSince",
    ${failing} as failing, e.delivered_at as "deliveredAt", ${lastAttempt} as "lastAttempt",
    case when e.previous_secret_until > now() then e.previous_secret_until end as "oldSecretUntil",
    e.created_at as "createdAt", e.created_by as "createdBy"
  from webhook_endpoint e cross join lateral (
    select least(e.place, (select min((lane ->> 'place')::bigint) from json_array_elements(e.lanes) lane)) as place) least`;

/** Reads up to `limit` endpoints in the order in which they were created, those after the id `after` if it is given. */
export async function listEndpoints(
  pool: Pool,
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
): Promise<StoredEndpoint[]> {
  const { rows } = await pool.query<StoredEndpoint>(
    `${select} where $1::uuid is null or e.id > $1 order by e.id limit $2`,
    [after ?? null, limit],
  );
  return rows;
}

/** Reads one endpoint, or null if there is none. */
export async function readEndpoint(pool: Pool, id: string): Promise<StoredEndpoint | null> {
  const { rows } = await pool.query<StoredEndpoint>(`${select} where e.id = $1`, [id]);
  return rows[0] ?? null;
}

/** Where messages of an endpoint go, and what they are signed with: one secret, or two while they are rotated. */
export type EndpointAddress = {
  readonly url: string;
  readonly channel: WebhookChannel;
  readonly secrets: readonly string[];
};

/** Reads the address and the secrets of an endpoint, or null if there is none. */
export async function readEndpointAddress(pool: Pool, id: string): Promise<EndpointAddress | null> {
  const { rows } = await pool.query<EndpointAddress>(
    `select url, channel, case when previous_secret_until > now() then array[secret, previous_secret]
       else array[secret] end as secrets
     from webhook_endpoint where id = $1`,
    [id],
  );
  return rows[0] ?? null;
}

/** Reads up to `limit` attempts of an endpoint, newest first. With `before`, an id, it reads those before that attempt. */
export async function listAttempts(
  pool: Pool,
  endpoint: string,
  { before, limit }: { readonly before: string | undefined; readonly limit: number },
): Promise<StoredAttempt[]> {
  const { rows } = await pool.query<StoredAttempt>(
    `select a.id::text as id, place::text as place, type, at, attempt, outcome, status, took_ms as "tookMs", error, answer
     from webhook_attempt a
     where endpoint_id = $1 and a.id < coalesce($2::bigint, 9223372036854775807)
     order by a.id desc limit $3`,
    [endpoint, before ?? null, limit],
  );
  return rows;
}
