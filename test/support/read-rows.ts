// Runs one statement on a database of which a test has only the address.

import { Client } from "pg";

/** The rows of a statement, on a connection of its own. */
export async function readRows<Row extends object>(url: string, text: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}
