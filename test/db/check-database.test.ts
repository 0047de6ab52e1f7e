// What a check of the database does with a connection whose server takes no writes, as one has after a failover.

import type { Pool } from "pg";
import { afterEach, beforeEach, expect, it } from "vitest";
import { checkDatabase } from "../../src/db/check-database.ts";
import { createPool } from "../../src/db/sql/pool.ts";
import { createTestDatabase } from "../support/database.ts";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let pool: Pool;
beforeEach(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { max: 1, synchronousCommit: "on", onError: () => undefined });
});
afterEach(async () => {
  await pool.end();
  await database.drop();
});

it("is closed, so that the next check has a connection to where the address leads now", async () => {
  expect(await checkDatabase(pool)).toBe("answers");
  await pool.query("set default_transaction_read_only = on");
  expect(await checkDatabase(pool)).toBe("takes no writes");
  expect(await checkDatabase(pool)).toBe("answers");
});

it("is kept if the server takes writes", async () => {
  const session = async () =>
    (await pool.query<{ pid: number }>("select pg_backend_pid() as pid")).rows;
  const before = await session();
  expect(await checkDatabase(pool)).toBe("answers");
  expect(await session()).toEqual(before);
});
