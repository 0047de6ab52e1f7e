// Gives a test a database of its own: a clone of the template that the global setup migrated.
import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { inject } from "vitest";

/** The migrated, empty database that every test's database is cloned from. */
export const templateDatabase = "tallyman_template";

export interface TestDatabase {
  readonly url: string;
  /** Removes the database, ending the connections that are still open to it. */
  drop(): Promise<void>;
}

/** Creates a migrated database that no other test knows. The caller drops it at the end of its tests. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString("hex")}`;
  await runOnServer(`CREATE DATABASE ${name} TEMPLATE ${templateDatabase} STRATEGY FILE_COPY`);
  return {
    url: new URL(`/${name}`, inject("postgresUrl")).href,
    drop: () => runOnServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function runOnServer(sql: string): Promise<void> {
  const client = new Client({ connectionString: inject("postgresUrl") });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
