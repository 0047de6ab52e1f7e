// Checks that the database replies, and that it has the schema that this version of the program needs.

import type { MikroORM } from "@mikro-orm/postgresql";
import type { Pool } from "pg";

/**
 * Resolves with whether the database takes writes; a standby does not. Rejects with the reason if it does not reply.
 */
export async function checkDatabase(pool: Pool): Promise<"answers" | "takes no writes"> {
  const { rows } = await pool.query<{ readOnly: boolean }>(
    `select pg_is_in_recovery() or current_setting('transaction_read_only')::boolean as "readOnly"`,
  );
  return rows[0]?.readOnly === false ? "answers" : "takes no writes";
}

/** The database lacks migrations. The message says what to do. */
export class MissingMigrationsError extends Error {
  override readonly name = "MissingMigrationsError";
}

/** Rejects with a `MissingMigrationsError` if the database lacks migrations of this version. */
export async function requireCurrentSchema(orm: MikroORM): Promise<void> {
  const missing = await orm.migrator.getPending();
  if (missing.length === 0) return;
  throw new MissingMigrationsError(
    `The database lacks ${missing.length} migrations (${missing.map(({ name }) => name).join(", ")}). Run \`npx tallyman migrate\` once, then start again.`,
  );
}
