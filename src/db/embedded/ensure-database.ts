// Makes sure that the database a URL names exists on its server.
import { Client, DatabaseError, escapeIdentifier } from "pg";
import { databaseSettings } from "../sql/connection.ts";

// duplicate_database, and unique_violation where two processes create it in the same instant.
const alreadyThere = new Set(["42P04", "23505"]);

/** Creates the database of `url` where it is missing; several processes may do so at once. */
export async function ensureDatabase(url: string): Promise<void> {
  const settings = databaseSettings(url, { applicationName: "tallyman" });
  const name = settings.database;
  const client = new Client({
    ...settings,
    database: "postgres",
    connectionTimeoutMillis: 10_000,
  });
  // Whoever waits for an answer learns of the connection's end by its failure.
  client.on("error", () => undefined);
  await client.connect();
  try {
    const found = await client.query("SELECT FROM pg_database WHERE datname = $1", [name]);
    if (found.rowCount === 0) {
      // template0 admits no connections, so nobody connected to it can make this fail.
      await client.query(`CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE template0`);
    }
  } catch (error) {
    if (!(error instanceof DatabaseError && alreadyThere.has(error.code ?? ""))) throw error;
  } finally {
    await client.end();
  }
}
