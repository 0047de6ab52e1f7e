// Keeps an Idempotency-Key for the order that it first came with. The reference already makes an order
// idempotent; the key only has to be told from another request's.

import type { Pool } from "pg";

/** The key of a request, whose it is, and the digest of what came with it. */
export type KeyClaim = {
  /** The id of whoever sent it, with its kind: two keys of one name share nothing. */
  readonly claimant: string;
  readonly key: string;
  readonly fingerprint: Buffer;
};

/** Resolves with whether the key is this request's: it was free, or came with the same request before. */
export async function claimIdempotencyKey(pool: Pool, claim: KeyClaim): Promise<boolean> {
  const { claimant, key, fingerprint } = claim;
  await pool.query(
    `insert into idempotent_request (actor, key, fingerprint, response) values ($1, $2, $3, 'null')
     on conflict do nothing`,
    [claimant, key, fingerprint],
  );
  const { rows } = await pool.query<{ fingerprint: Buffer }>(
    "select fingerprint from idempotent_request where actor = $1 and key = $2",
    [claimant, key],
  );
  return rows[0]?.fingerprint.equals(fingerprint) ?? false;
}

/** Gives the key of a refused request back: a refusal leaves nothing behind. */
export async function releaseIdempotencyKey(pool: Pool, claim: KeyClaim): Promise<void> {
  await pool.query(
    "delete from idempotent_request where actor = $1 and key = $2 and fingerprint = $3",
    [claim.claimant, claim.key, claim.fingerprint],
  );
}
