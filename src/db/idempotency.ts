// Requests with an idempotency key: their outcome is kept in the transaction that brought it about, so that
// the same request sent again gets the same answer and does nothing.

import type * as z from "zod";
import type { Sql } from "./sql/sql.ts";

/** The key of a request, whose it is, and the digest of what came with it. */
export type IdempotencyClaim = {
  /** The id of whoever sent it, with its kind: two keys of one name share nothing. */
  readonly claimant: string;
  readonly key: string;
  readonly fingerprint: Buffer;
};

/**
 * Runs `work` once for a key, in the caller's transaction, and keeps its outcome, which has to survive JSON.
 * Resolves with the kept outcome where the same request came before, and with "key-reused" where the key
 * came with another one. `work` throws on a refusal: the transaction rolls back and the key stays free. A
 * request whose key is in use just now waits for that one to end. Without a claim it only runs `work`.
 */
export async function onceOnly<T>(
  sql: Sql,
  claim: IdempotencyClaim | undefined,
  outcome: z.ZodType<T>,
  work: () => Promise<T>,
): Promise<T | "key-reused"> {
  if (claim === undefined) return work();
  const { claimant, key } = claim;
  const fingerprint = claim.fingerprint.toString("hex");
  const claimed = await sql(
    `insert into idempotent_request (actor, key, fingerprint, response)
     values ($1, $2, decode($3, 'hex'), 'null') on conflict do nothing returning key`,
    [claimant, key, fingerprint],
  );
  if (claimed.length === 0) {
    const [kept] = await sql<{ same: boolean; response: string }>(
      `select fingerprint = decode($3, 'hex') as same, response::text as response
       from idempotent_request where actor = $1 and key = $2`,
      [claimant, key, fingerprint],
    );
    return kept?.same === true ? outcome.parse(JSON.parse(kept.response)) : "key-reused";
  }
  const done = await work();
  await sql("update idempotent_request set response = $3 where actor = $1 and key = $2", [
    claimant,
    key,
    JSON.stringify(done),
  ]);
  return done;
}
