// Idempotency keys. A row of `idempotent_request` says which request a key belongs to, and keeps its response once
// there is one. So the same request sent again has no second effect, and another request with the same key is refused.
// Rows are deleted after a week, or as the settings say (see retention/prune.ts).

import type * as z from "zod";
import type { Sql } from "./sql/sql.ts";

/** The key of a request, who sent it, and what makes a repetition the same request. */
export type IdempotencyClaim = {
  /** The kind and id of the sender. Two senders may use the same key. */
  readonly claimant: string;
  readonly key: string;
  /** A digest of the operation and the body, in hexadecimal digits. */
  readonly fingerprint: string;
};

/** What is stored under the key of a request. A new claim is stored at once, so there is always a row. */
export type StoredKey = {
  /** Whether the fingerprints are equal. */
  readonly isSameRequest: boolean;
  /** The kept response as it was before JSON, or null if none was kept. */
  readonly response: unknown;
};

/**
 * What to do about a request with a key. `proceed`: do its work. `replay`: do nothing and give the same response again.
 * `refuse`: the key belongs to another request.
 */
export type KeyDecision =
  | { readonly kind: "proceed" }
  | { readonly kind: "replay"; readonly response: unknown }
  | { readonly kind: "refuse" };

/** Decides about a request by what is stored under its key. */
export function decideByKey({ isSameRequest, response }: StoredKey): KeyDecision {
  if (!isSameRequest) return { kind: "refuse" };
  return response === null ? { kind: "proceed" } : { kind: "replay", response };
}

/**
 * Claims the key for the request if it is free, and decides about the request. In a transaction the claim is rolled
 * back with it. If another transaction has claimed the key and is not over, this waits for its end.
 */
export async function claimKey(sql: Sql, claim: IdempotencyClaim): Promise<KeyDecision> {
  // The update changes nothing. It returns the row that is there, and no row can vanish between two statements.
  const [stored] = await sql<StoredKey>(
    `insert into idempotent_request (actor, key, fingerprint, response)
     values ($1, $2, decode($3, 'hex'), 'null')
     on conflict (actor, key) do update set key = excluded.key
     returning fingerprint = decode($3, 'hex') as "isSameRequest", response`,
    [claim.claimant, claim.key, claim.fingerprint],
  );
  if (stored === undefined) throw new Error("Expected a row of the claimed key; got none.");
  return decideByKey(stored);
}

/** Gives the key of a request back whose work stored nothing, so that another request may use it. */
export async function releaseKey(sql: Sql, claim: IdempotencyClaim): Promise<void> {
  await sql(
    `delete from idempotent_request
     where actor = $1 and key = $2 and fingerprint = decode($3, 'hex')`,
    [claim.claimant, claim.key, claim.fingerprint],
  );
}

/**
 * Does the work of a request once, in the caller's transaction, and keeps its response, which must survive JSON.
 * Resolves with the kept response if the same request came before, and with "key-reused" if its key belongs to another
 * request. If `work` throws, the transaction rolls back and the key stays free. Without a claim this only does the
 * work.
 */
export async function onceOnly<T>(
  sql: Sql,
  claim: IdempotencyClaim | undefined,
  responseSchema: z.ZodType<T>,
  work: () => Promise<T>,
): Promise<T | "key-reused"> {
  if (claim === undefined) return work();
  const decision = await claimKey(sql, claim);
  if (decision.kind === "refuse") return "key-reused";
  if (decision.kind === "replay") return responseSchema.parse(decision.response);
  const response = await work();
  await sql("update idempotent_request set response = $3 where actor = $1 and key = $2", [
    claim.claimant,
    claim.key,
    JSON.stringify(response),
  ]);
  return response;
}
