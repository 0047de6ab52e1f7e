// Whether the database answers, and whether it has the schema that this version of the program needs.

import type { MikroORM } from "@mikro-orm/postgresql";
import type { Pool } from "pg";

/** Resolves when the database answers; rejects with the reason where it does not. */
export async function pingDatabase(pool: Pool): Promise<void> {
  await pool.query("select 1");
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
