// The connections of a backup and of a restore. They take long, and their rows are text, so they don't depend on what
// is set for the database or the login.

import type { Client } from "pg";
import { createClient, livingConnection } from "../sql/pool.ts";

/** Without limits of time, and each value as text that every server reads as the same value. */
const session = {
  lock_timeout: "0",
  idle_in_transaction_session_timeout: "0",
  idle_session_timeout: "0",
  // Servers before PostgreSQL 17 do not have it.
  transaction_timeout: "0",
  datestyle: "ISO, YMD",
  intervalstyle: "postgres",
  extra_float_digits: "3",
  client_encoding: "UTF8",
} as const;

/** Connects, with these settings until the connection ends. The caller ends it. */
export async function openSession(databaseUrl: string, applicationName: string): Promise<Client> {
  const client = createClient(databaseUrl, applicationName, livingConnection);
  await client.connect();
  try {
    await client.query("set statement_timeout = 0");
    await client.query(
      `select set_config(name, value, false) from json_each_text($1) as wanted(name, value)
       where exists (select from pg_settings known where lower(known.name) = wanted.name)`,
      [JSON.stringify(session)],
    );
    return client;
  } catch (error) {
    await client.end();
    throw error;
  }
}
