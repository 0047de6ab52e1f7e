import type { Pool } from "pg";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createPool } from "../../../src/db/sql/pool.ts";
import { inTransaction } from "../../../src/db/sql/transaction.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  // One connection: each test finds it as the one before left it.
  pool = createPool(database.url, { max: 1, synchronousCommit: "on", onError: () => undefined });
  await pool.query("create table note (number integer primary key)");
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});
beforeEach(() => pool.query("delete from note"));

const write = (number: number) => ({
  name: "write",
  text: "insert into note values ($1)",
  values: [number],
});

const written = async () =>
  (await pool.query<{ number: number }>("select number from note order by number")).rows.map(
    ({ number }) => number,
  );

it("commits what was sent, though nobody waited for it", async () => {
  const result = await inTransaction(pool, ({ send }) => {
    send(write(1));
    send(write(2));
    return Promise.resolve("done");
  });
  expect(result).toBe("done");
  expect(await written()).toEqual([1, 2]);
});

it("writes nothing where one of the statements that were sent fails, and tells why", async () => {
  const failing = inTransaction(pool, ({ send }) => {
    for (const number of [1, 1, 2]) send(write(number));
    return Promise.resolve();
  });
  await expect(failing).rejects.toMatchObject({ code: "23505", constraint: "note_pkey" });
  expect(await written()).toEqual([]);
});

it("tells of the statement that failed first, not of those that failed for it", async () => {
  const failing = inTransaction(pool, async ({ sql, send }) => {
    for (const number of [1, 1]) send(write(number));
    await sql("select 1");
  });
  await expect(failing).rejects.toMatchObject({ code: "23505" });
});

it("writes nothing where the work fails", async () => {
  const failing = inTransaction(pool, ({ send }) => {
    send(write(1));
    throw new Error("no plan");
  });
  await expect(failing).rejects.toThrow("no plan");
  expect(await written()).toEqual([]);
});

it("does not call committed what a swallowed failure rolled back", async () => {
  const failing = inTransaction(pool, async ({ sql, send }) => {
    send(write(1));
    await sql("select 1 / 0").catch(() => undefined);
  });
  await expect(failing).rejects.toThrow("Expected PostgreSQL to reply COMMIT");
  expect(await written()).toEqual([]);
});

it("drops a connection that broke, and the next transaction has a new one", async () => {
  const failing = inTransaction(pool, async ({ sql, send }) => {
    send(write(1));
    await sql("select pg_terminate_backend(pg_backend_pid())");
  });
  await expect(failing).rejects.toThrow(/terminat/i);
  expect(await written()).toEqual([]);
});
