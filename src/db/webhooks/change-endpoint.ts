// Changes endpoints. Each change begins a new turn, so that a worker that delivers by what was there before saves
// nothing any more: what it has in flight may still arrive, and is sent again.

import type { Pool } from "pg";
import * as z from "zod";
import {
  type ActedEndpoint,
  actOnEndpoint,
  type EndpointAct,
  leastPlace,
} from "../../domain/webhooks/endpoint-act.ts";
import { changedFacts } from "../../domain/activity/act.ts";
import { recordAct } from "../activity/record-acts.ts";
import { type IdempotencyClaim, onceOnly } from "../idempotency.ts";
import { Refused } from "../refused.ts";
import { holdOldestPlace } from "../retention/kept.ts";
import type { Sql } from "../sql/sql.ts";
import { inTransaction } from "../sql/transaction.ts";
import {
  actOnWebhook,
  factsOfEndpoint,
  lockRecorded,
  type RecordedEndpoint,
  recordedColumns,
} from "./act-on-endpoint.ts";

const unknown = (id: string) => new Refused({ kind: "unknown", what: "webhook", key: id });

/** What changes of an endpoint; what is undefined stays. */
export type EndpointEdit = {
  readonly url?: string | undefined;
  readonly description?: string | undefined;
  /** Null for all. */
  readonly types?: readonly string[] | null | undefined;
};

/** Changes an endpoint. It keeps its place. Throws `Refused` if there is none. */
export function editEndpoint(pool: Pool, id: string, edit: EndpointEdit): Promise<void> {
  const { url, description, types } = edit;
  return inTransaction(pool, async ({ sql }) => {
    const before = await lockRecorded(sql, id);
    if (before === null) throw unknown(id);
    const [after = before] = await sql<RecordedEndpoint>(
      `update webhook_endpoint set turn = turn + 1, url = coalesce($2, url),
         description = coalesce($3, description), types = case when $4 then $5 else types end
       where id = $1 returning ${recordedColumns}`,
      [id, url ?? null, description ?? null, types !== undefined, types ?? null],
    );
    const changed = changedFacts(factsOfEndpoint(before), {
      ...factsOfEndpoint(after),
      addressChanged: before.url === after.url ? null : true,
    });
    if (changed !== null) await recordAct(sql, actOnWebhook("webhook.changed", before, changed));
  });
}

/** Deletes an endpoint with its log. Throws `Refused` if there is none. */
export function deleteEndpoint(pool: Pool, id: string): Promise<void> {
  return inTransaction(pool, async ({ sql }) => {
    const [gone] = await sql<RecordedEndpoint>(
      `delete from webhook_endpoint where id = $1 returning ${recordedColumns}`,
      [id],
    );
    if (gone === undefined) throw unknown(id);
    await recordAct(sql, actOnWebhook("webhook.deleted", gone, { before: factsOfEndpoint(gone) }));
  });
}

const done = z.literal("done");

/**
 * Pauses, resumes, disables or moves an endpoint. Resolves with "key-reused" if the claim's key belongs to another
 * request. Throws `Refused` if there is no such endpoint, its status does not allow the act, or events after its place
 * are no longer kept.
 */
export function changeEndpoint(
  pool: Pool,
  id: string,
  act: EndpointAct,
  claim?: IdempotencyClaim,
): Promise<"done" | "key-reused"> {
  return inTransaction(pool, ({ sql }) =>
    onceOnly(sql, claim, done, async (): Promise<"done"> => {
      const before = await lock(sql, id);
      const outcome = actOnEndpoint(before, act);
      if (outcome.kind === "disabled") throw new Refused({ kind: "webhook-disabled", id });
      if (outcome.kind === "unchanged") return "done";
      if (act.kind === "resume" || act.kind === "replay") {
        await requireKept(sql, id, outcome.endpoint);
      }
      await save(sql, id, outcome.endpoint);
      const facts = { before: progressOf(before), after: progressOf(outcome.endpoint) };
      await recordAct(sql, actOnWebhook(kindOf[act.kind], { ...before, id }, facts));
      return "done";
    }),
  );
}

/** Throws `Refused` if events that the endpoint has to send are no longer kept. Until the transaction ends they are. */
async function requireKept(sql: Sql, id: string, endpoint: ActedEndpoint): Promise<void> {
  const oldest = await holdOldestPlace(sql);
  if (BigInt(leastPlace(endpoint)) >= BigInt(oldest)) return;
  throw new Refused({ kind: "webhook-place-not-kept", id, oldest });
}

const kindOf = {
  pause: "webhook.paused",
  resume: "webhook.resumed",
  disable: "webhook.disabled",
  replay: "webhook.moved",
} as const;

const progressOf = ({ status, place }: ActedEndpoint) => ({ status, place });

type LockedEndpoint = ActedEndpoint & Pick<RecordedEndpoint, "url" | "description">;

async function lock(sql: Sql, id: string): Promise<LockedEndpoint> {
  const [row] = await sql<LockedEndpoint>(
    `select status, paused_because as "pausedBecause", place::text as place, lanes, url, description
     from webhook_endpoint where id = $1 for update`,
    [id],
  );
  if (row === undefined) throw unknown(id);
  return row;
}

async function save(sql: Sql, id: string, endpoint: ActedEndpoint): Promise<void> {
  const { status, pausedBecause, place, lanes } = endpoint;
  await sql(
    `update webhook_endpoint set turn = turn + 1, status = $2, paused_because = $3, place = $4, lanes = $5,
       status_since = case when status = $2 then status_since else clock_timestamp() end,
       is_blocked = false, next_at = case when $2 = 'active' then clock_timestamp() end
     where id = $1`,
    [id, status, pausedBecause, place, JSON.stringify(lanes)],
  );
}

/**
 * Gives an endpoint a new secret. Its messages are signed with the old one too, for `keepOldHours`. A secret that was
 * still kept from a rotation before ends at once. Throws `Refused` if there is no such endpoint, or it has no signatures.
 */
export function rotateSecret(
  pool: Pool,
  id: string,
  { secret, keepOldHours }: { readonly secret: string; readonly keepOldHours: number },
  claim: IdempotencyClaim | undefined,
): Promise<"done" | "key-reused"> {
  return inTransaction(pool, ({ sql }) =>
    onceOnly(sql, claim, done, async (): Promise<"done"> => {
      const row = await lockRecorded(sql, id);
      if (row === null) throw unknown(id);
      if (row.channel === "slack") throw new Refused({ kind: "webhook-without-secret", id });
      await sql(
        `update webhook_endpoint set turn = turn + 1, secret = $2,
           previous_secret = case when $3 > 0 then secret end,
           previous_secret_until = case when $3 > 0 then clock_timestamp() + make_interval(hours => $3) end
         where id = $1`,
        [id, secret, keepOldHours],
      );
      const after = { keepsOldHours: keepOldHours };
      await recordAct(sql, actOnWebhook("webhook.secretRotated", row, { after }));
      return "done";
    }),
  );
}

/** Reads the secret of an endpoint, to show it once; null if it has no signatures or was deleted meanwhile. */
export async function readSecret(pool: Pool, id: string): Promise<string | null> {
  const { rows } = await pool.query<{ secret: string }>(
    "select secret from webhook_endpoint where id = $1 and channel = 'webhook'",
    [id],
  );
  return rows[0]?.secret ?? null;
}
