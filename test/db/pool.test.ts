import { once } from "node:events";
import { expect, it, vi } from "vitest";
import { createPool } from "../../src/db/pool.ts";
import { createTestDatabase } from "../support/database.ts";

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
