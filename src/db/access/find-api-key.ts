// Finds an API key by its prefix. Runs for every request whose key is not cached.

import type { Pool } from "pg";
import { type Permission, permissions } from "../../domain/access/permissions.ts";

/** A key that is neither revoked nor expired, with the hash that the caller's key must match. */
export type UsableApiKey = {
  readonly id: string;
  readonly name: string;
  readonly secretHash: Buffer;
  readonly scopes: ReadonlySet<Permission>;
  /** In how many milliseconds it expires, by the clock of the database; null if it has no end. */
  readonly endsInMs: number | null;
};

/** Resolves with null if no key has this prefix, or if it was revoked or has expired. */
export async function findApiKey(pool: Pool, prefix: string): Promise<UsableApiKey | null> {
  const { rows } = await pool.query<{
    id: string;
    name: string;
    secret_hash: Buffer;
    scopes: string[];
    ends_in_ms: number | null;
  }>({
    name: "find-api-key",
    text: `select id, name, secret_hash, scopes,
        (extract(epoch from expires_at - now()) * 1000)::float8 as ends_in_ms
      from api_key
      where prefix = $1 and revoked_at is null and (expires_at is null or expires_at > now())`,
    values: [prefix],
  });
  const row = rows[0];
  if (row === undefined) return null;
  return {
    id: row.id,
    name: row.name,
    secretHash: row.secret_hash,
    scopes: new Set(permissions.filter((permission) => row.scopes.includes(permission))),
    endsInMs: row.ends_in_ms,
  };
}
