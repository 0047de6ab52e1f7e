// Makes sure that the database of a URL exists on its server.
import { Client, DatabaseError, escapeIdentifier } from "pg";
import { databaseSettings } from "../sql/connection.ts";

// duplicate_database, and unique_violation if two processes create it at the same moment.
const alreadyThere = new Set(["42P04", "23505"]);

/** Creates the database of `url` if it is missing. Several processes may do so at once. */
export async function ensureDatabase(url: string): Promise<void> {
  const settings = databaseSettings(url, { applicationName: "tallyman" });
  const name = settings.database;
  const client = new Client({
    ...settings,
    database: "postgres",
    connectionTimeoutMillis: 10_000,
  });
  // If the connection breaks, the statement fails, so its error event can be ignored.
  client.on("error", () => undefined);
  await client.connect();
  try {
    const found = await client.query("SELECT FROM pg_database WHERE datname = $1", [name]);
    if (found.rowCount === 0) {
      // A connection to the template would make this fail, and template0 admits none.
      await client.query(`CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE template0`);
    }
  } catch (error) {
    if (!(error instanceof DatabaseError && alreadyThere.has(error.code ?? ""))) throw error;
  } finally {
    await client.end();
  }
}
