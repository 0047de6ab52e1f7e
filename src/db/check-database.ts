// Checks that the database replies, and that it has the schema that this version of the program needs.

import type { MikroORM } from "@mikro-orm/postgresql";
import type { Pool } from "pg";
import { asError } from "../flow/as-error.ts";
import { takesWrites } from "./sql/takes-writes.ts";

/**
 * Resolves with whether the database takes writes; a standby does not. Rejects with the reason if it does not reply. A
 * connection that takes no writes is closed: the address may lead to another server by now, but this connection never will,
 * and a pool would give it to each check again.
 */
export async function checkDatabase(pool: Pool): Promise<"answers" | "takes no writes"> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    const { rows } = await client.query<{ takesWrites: boolean }>(
      `select ${takesWrites} as "takesWrites"`,
    );
    if (rows[0]?.takesWrites === true) return "answers";
    broken = new Error("The server takes no writes.");
    return "takes no writes";
  } catch (error) {
    broken = asError(error);
    throw error;
  } finally {
    client.release(broken);
  }
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
