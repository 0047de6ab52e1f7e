// Whether the database answers, and whether it has the schema that this version of the program needs.

import type { MikroORM } from "@mikro-orm/postgresql";
import type { Pool } from "pg";

/**
 * Resolves with whether the database takes writes, which a standby does not; rejects with the
 * reason if it does not answer.
 */
export async function checkDatabase(pool: Pool): Promise<"answers" | "takes no writes"> {
  const { rows } = await pool.query<{ readOnly: boolean }>(
    `select pg_is_in_recovery() or current_setting('transaction_read_only')::boolean as "readOnly"`,
  );
  return rows[0]?.readOnly === false ? "answers" : "takes no writes";
}

/** The database lacks migrations; the message says what to do. */
export class MissingMigrationsError extends Error {
  override readonly name = "MissingMigrationsError";
}

/** Rejects with a `MissingMigrationsError` where the database is behind this program. */
export async function requireCurrentSchema(orm: MikroORM): Promise<void> {
  const missing = await orm.migrator.getPending();
  if (missing.length === 0) return;
  throw new MissingMigrationsError(
    `The database lacks ${missing.length} migrations (${missing.map(({ name }) => name).join(", ")}). Run \`npx tallyman migrate\` once, then start again.`,
  );
}
