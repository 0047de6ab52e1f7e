import { once } from "node:events";
import { expect, it, vi } from "vitest";
import { createClient, createPool } from "../../../src/db/sql/pool.ts";
import { createTestDatabase } from "../../support/database.ts";
import { startFakePostgres } from "../support/fake-postgres.ts";

it("a pool tells of an idle connection that it lost, but not while it is being closed", async () => {
  const database = await createTestDatabase();
  const onError = vi.fn<(error: Error) => void>();
  const pool = createPool(database.url, { max: 1, synchronousCommit: "on", onError });
  const other = createPool(database.url, {
    max: 1,
    synchronousCommit: "on",
    onError: () => undefined,
  });
  try {
    const { rows } = await pool.query<{ pid: number }>("select pg_backend_pid() as pid");
    const lost = once(pool, "error");
    await other.query("select pg_terminate_backend($1)", [rows[0]?.pid]);
    await lost;
    expect(onError).toHaveBeenCalledOnce();
    await pool.query("select 1");
    await pool.end();
    // As where the server ends a connection that is about to close.
    pool.emit("error", new Error("terminating connection"));
    expect(onError).toHaveBeenCalledOnce();
  } finally {
    await other.end();
    await database.drop();
  }
});

/** Options of a pool of one connection whose idle errors interest nobody. */
const single = { max: 1, synchronousCommit: "on", onError: () => undefined } as const;

it("a session that the server ends while it is in use fails what is asked on it, and nothing else", async () => {
  const database = await createTestDatabase();
  const pool = createPool(database.url, single);
  const other = createPool(database.url, single);
  try {
    const client = await pool.connect();
    const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
    // Its error comes first, which nobody but the pool itself listens for.
    const ended = new Promise<void>((resolve) => client.once("end", resolve));
    await other.query("select pg_terminate_backend($1)", [rows[0]?.pid]);
    await ended;
    await expect(client.query("select 1")).rejects.toThrow("not queryable");
    client.release();
    expect((await pool.query("select 1")).rowCount).toBe(1);
  } finally {
    await Promise.all([pool.end(), other.end()]);
    await database.drop();
  }
});

it("a session that the server ends in the moment in which it begins ends nothing else", async () => {
  const server = await startFakePostgres({ endsAtOnce: true });
  const pool = createPool(server.url, single);
  const client = createClient(server.url, "test");
  try {
    const connected = await pool.connect();
    await expect(connected.query("select 1")).rejects.toThrow(/not queryable|terminated/);
    connected.release();
    await client.connect();
    await expect(client.query("select 1")).rejects.toThrow(/not queryable|terminated/);
  } finally {
    await Promise.allSettled([pool.end(), client.end()]);
    server.close();
  }
});

it("a statement that is not answered in time fails, and its connection is not used again", async () => {
  const server = await startFakePostgres({ isSilent: true });
  const pool = createPool(server.url, { ...single, statementMsMax: 1 });
  try {
    await expect(pool.query("select 1")).rejects.toThrow("timeout");
    await vi.waitFor(() => expect([pool.totalCount, server.connections()]).toEqual([0, 0]));
  } finally {
    await pool.end();
    server.close();
  }
});
