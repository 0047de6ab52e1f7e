// Gives the tests of one file an ORM on a database of their own.

import type { MikroORM } from "@mikro-orm/postgresql";
import { afterAll, beforeAll } from "vitest";
import { createOrm } from "../../../src/db/orm.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";

/**
 * Creates the database and connects to it before the file's tests, and removes both after them. Called
 * once, at the top of the file; the answer may be asked for the ORM inside tests and hooks.
 */
export function useOrm(): () => MikroORM {
  let database: TestDatabase | undefined;
  let orm: MikroORM | undefined;

  beforeAll(async () => {
    database = await createTestDatabase();
    orm = await createOrm(database.url);
  });

  afterAll(async () => {
    await orm?.close();
    await database?.drop();
  });

  return () => {
    if (orm === undefined) throw new Error("The ORM connects before the first test, not earlier.");
    return orm;
  };
}
