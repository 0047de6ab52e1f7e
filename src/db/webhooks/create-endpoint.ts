// Stores a new endpoint.

import { randomUUIDv7 } from "node:crypto";
import type { Pool } from "pg";
import * as z from "zod";
import { endpointsMax, type WebhookChannel } from "../../domain/webhooks/endpoint.ts";
import { recordAct } from "../activity/record-acts.ts";
import { advisoryLocks } from "../advisory-locks.ts";
import { type IdempotencyClaim, onceOnly } from "../idempotency.ts";
import { Refused } from "../refused.ts";
import { holdOldestPlace } from "../retention/kept.ts";
import { inTransaction } from "../sql/transaction.ts";
import { actOnWebhook, factsOfEndpoint } from "./act-on-endpoint.ts";

/** An endpoint to be stored. It starts after `place`; `types` is null for all. */
export type NewEndpoint = {
  readonly url: string;
  readonly description: string;
  readonly channel: WebhookChannel;
  readonly types: readonly string[] | null;
  readonly place: string;
  readonly secret: string;
  readonly createdBy: string;
};

/**
 * Stores an endpoint and resolves with its id; with that of the same request before, or "key-reused", by the claim.
 * Throws `Refused` if the store has the most endpoints that it may have.
 */
export async function createEndpoint(
  pool: Pool,
  endpoint: NewEndpoint,
  claim: IdempotencyClaim | undefined,
): Promise<string> {
  const { url, description, channel, types, place, secret, createdBy } = endpoint;
  return inTransaction(pool, ({ sql }) =>
    onceOnly(sql, claim, z.string(), async () => {
      // Two that are created at once must not both find room for the last one.
      await sql("select pg_advisory_xact_lock($1)", [advisoryLocks.webhookCreation]);
      const oldest = await holdOldestPlace(sql);
      if (BigInt(place) < BigInt(oldest)) {
        throw new Refused({ kind: "webhook-place-not-kept", id: "it", oldest });
      }
      const [row] = await sql<{ id: string }>(
        `insert into webhook_endpoint (id, url, description, channel, types, place, secret, created_by)
         select $1, $2, $3, $4, $5, $6, $7, $8
         where (select count(*) from webhook_endpoint) < $9 returning id`,
        [randomUUIDv7(), url, description, channel, types, place, secret, createdBy, endpointsMax],
      );
      if (row === undefined)
        throw new Refused({ kind: "too-many-webhooks", webhooksMax: endpointsMax });
      const made = { ...endpoint, id: row.id };
      await recordAct(sql, actOnWebhook("webhook.created", made, { after: factsOfEndpoint(made) }));
      return row.id;
    }),
  );
}
