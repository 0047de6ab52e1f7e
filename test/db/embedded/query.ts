// One statement on a connection of its own, for the tests of the embedded PostgreSQL.
import { Client } from "pg";

/** Resolves with the rows. Rejects where the server does not answer within 5 seconds. */
export async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
