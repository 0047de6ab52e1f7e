// Gives the tests of one file plain connections to a database of their own: what is proven on them holds
// for everybody who reaches the database, whatever program they use.

import { Client } from "pg";
import { afterAll, beforeAll } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";

/** A connection, and a way to have one more. */
export type TestClient = {
  /** The connection that the file's tests share. */
  readonly client: () => Client;
  /** Opens another one. The caller ends it. */
  readonly connect: () => Promise<Client>;
};

/** Creates the database before the file's tests and removes it after them. Called once, at the file's top. */
export function useClient(): TestClient {
  let database: TestDatabase | undefined;
  let client: Client | undefined;

  const connect = async () => {
    const opened = new Client({ connectionString: database?.url });
    await opened.connect();
    return opened;
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    client = await connect();
  });

  afterAll(async () => {
    await client?.end();
    await database?.drop();
  });

  return {
    client: () => {
      if (client === undefined) throw new Error("The client connects before the first test.");
      return client;
    },
    connect,
  };
}
