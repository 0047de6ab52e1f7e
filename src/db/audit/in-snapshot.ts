// Lets an audit look at everything as of one moment, while traffic goes on.

import type { Client } from "pg";
import { createClient, livingConnection } from "../sql/pool.ts";

/** Runs `work` on a connection of its own that sees the database as it is now, and can change nothing. */
export async function inSnapshot<T>(
  databaseUrl: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = createClient(databaseUrl, "tallyman-audit", livingConnection);
  await client.connect();
  try {
    await client.query("begin isolation level repeatable read read only");
    const found = await work(client);
    await client.query("commit");
    return found;
  } finally {
    await client.end();
  }
}
