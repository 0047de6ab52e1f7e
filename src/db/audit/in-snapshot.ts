// Lets an audit read all tables as of one moment, while orders go on.

import type { Client } from "pg";
import { createClient, livingConnection } from "../sql/pool.ts";

/** Runs `work` on a new connection that sees the database as of now and can't write. No statement has a time limit. */
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
