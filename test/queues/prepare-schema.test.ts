// The queues' tables on PostgreSQL: processes that start together prepare them at once.

import { Client } from "pg";
import { expect, it, onTestFinished, vi } from "vitest";
import { advisoryLocks } from "../../src/db/advisory-locks.ts";
import { prepareSchema } from "../../src/queues/postgres-backend.ts";
import { createTestDatabase } from "../support/database.ts";

it("a process that starts while another one adds the index waits for it, and goes on", async () => {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  await prepareSchema(database.url);
  const other = new Client({ connectionString: database.url });
  await other.connect();
  try {
    await other.query("drop index bullmq.tallyman_stalled_jobs");
    await other.query("begin");
    await other.query("select pg_advisory_xact_lock($1)", [advisoryLocks.queueIndex]);
    await other.query(
      "create index tallyman_stalled_jobs on bullmq.job (queue) where stalled_marked",
    );
    const start = prepareSchema(database.url);
    // Within a transaction pg_stat_activity would stay as it was at the first look.
    await vi.waitFor(async () => {
      const { rowCount } = await other.query(
        "select from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())",
      );
      expect(rowCount).toBe(1);
    }, 10_000);
    await other.query("commit");
    await expect(start).resolves.toBeUndefined();
  } finally {
    await other.end();
  }
});
