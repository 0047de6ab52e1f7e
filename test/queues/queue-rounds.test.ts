// Workers on PostgreSQL look for jobs together. A job whose notification was lost is done by the next look, and while
// there is no job, they write nothing.

import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createQueuePool } from "../../src/db/sql/pool.ts";
import type { AnyWorker, QueueBackend } from "../../src/queues/backend.ts";
import { mailJob } from "../../src/queues/jobs/send-mail.ts";
import { lookIntoPostgres } from "../../src/queues/look-into-postgres.ts";
import { createPostgresQueueBackend } from "../../src/queues/postgres-backend.ts";
import { createTestDatabase } from "../support/database.ts";

const onError = (): void => undefined;
const patience = { timeout: 30_000, interval: 50 };

describe("workers with the queue on PostgreSQL", () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let backend: QueueBackend;
  let pool: Pool;
  let worker: AnyWorker | undefined;
  let done: (string | undefined)[];

  beforeEach(async () => {
    database = await createTestDatabase();
    backend = await createPostgresQueueBackend({ databaseUrl: database.url, onError });
    pool = createQueuePool(database.url, { schema: "bullmq", max: 2, onError });
    done = [];
  });
  afterEach(async () => {
    await worker?.close();
    await backend.close();
    await pool.end();
    await database.drop();
  });

  const startWorker = async (): Promise<void> => {
    worker = backend.createWorker(
      "send-mail",
      ({ id }) => {
        done.push(id);
        return Promise.resolve();
      },
      { concurrency: 2, onError },
    );
    await worker.waitUntilReady();
    // It listens, and has looked by itself when the next job is due. From then on it waits.
    await expect.poll(lastStatements, patience).toMatch(/LISTEN/);
    await expect.poll(lastStatements, patience).toMatch(/next_delay|mayHaveStalled/);
  };
  const lastStatements = async (): Promise<string> => {
    const { rows } = await pool.query<{ query: string }>(
      `select query from pg_stat_activity
       where datname = current_database() and state = 'idle' and pid <> pg_backend_pid()`,
    );
    return rows.map(({ query }) => query).join("\n");
  };
  const announce = async (delayMs: number): Promise<string> => {
    const id = randomUUID();
    const job = mailJob({ id, to: "ann@example.com", about: "MUG" }, delayMs);
    await backend.queues["send-mail"].announce([job]);
    return id;
  };
  /** Changes a job behind BullMQ's back, so that no worker is notified. */
  const change = (id: string, assignment: string) =>
    pool.query(`update job set ${assignment} where id = $1`, [id]);

  it.each([
    ["waits", "state = 'waiting', process_at_ms = null"],
    ["is due", "process_at_ms = 1"],
  ])("do a job that %s although nobody notified them", async (_what, assignment) => {
    const id = await announce(3_600_000);
    await startWorker();
    await change(id, assignment);
    await expect.poll(() => done, patience).toEqual([id]);
  });

  it("write nothing while there is no job", async () => {
    await startWorker();
    const looks = new Set<number>();
    const seenLooks = async (): Promise<number> => {
      const { rows } = await pool.query<{ at: number }>(
        `select (extract(epoch from query_start) * 1000)::float8 as at from pg_stat_activity
         where datname = current_database() and query like '%mayHaveStalled%' and pid <> pg_backend_pid()`,
      );
      for (const { at } of rows) looks.add(at);
      return looks.size;
    };
    await expect.poll(seenLooks, patience).toBeGreaterThan(3);
    const { rows } = await pool.query("select from meta where field = 'stalled-check'");
    expect(rows).toHaveLength(0);
  });

  it("see which queues have something to do", async () => {
    const looks = async () => (await lookIntoPostgres(pool, ["mail", "orders"], Date.now()))[0];
    expect(await lookIntoPostgres(pool, ["mail", "orders"], Date.now())).toEqual([
      { queue: "mail", isReady: false, mayHaveStalled: false },
      { queue: "orders", isReady: false, mayHaveStalled: false },
    ]);
    const id = await announce(3_600_000);
    expect(await looks()).toMatchObject({ isReady: false, mayHaveStalled: false });
    await change(id, "process_at_ms = 1");
    expect(await looks()).toMatchObject({ isReady: true, mayHaveStalled: false });
    await change(id, "state = 'waiting', process_at_ms = null");
    expect(await looks()).toMatchObject({ isReady: true, mayHaveStalled: false });
    await change(id, "state = 'active'");
    expect(await looks()).toMatchObject({ isReady: false, mayHaveStalled: true });
    await change(id, "state = 'completed', stalled_marked = true");
    expect(await looks()).toMatchObject({ isReady: false, mayHaveStalled: true });
  });

  it("see it from indexes, also if only another queue has jobs, and many", async () => {
    await pool.query(
      `insert into job (queue, id, seq, name, data, opts, state, added_at_ms)
       select 'orders', state::text || n, nextval('job_seq'), 'some', '{}', '{}', state, 0
       from generate_series(1, 5000) as n, unnest('{waiting, completed}'::job_state[]) as state`,
    );
    await pool.query("analyze job");
    const client = createQueuePool(database.url, { schema: "bullmq", max: 1, onError });
    try {
      // The counts are those of this transaction, which the one connection of the pool is in.
      await client.query("begin");
      const looks = await lookIntoPostgres(client, ["mail", "orders", "alerts"], Date.now());
      const { rows } = await client.query(
        "select seq_scan::int, idx_scan > 0 as indexed from pg_stat_xact_user_tables where relname = 'job'",
      );
      expect(looks.map(({ isReady }) => isReady)).toEqual([false, true, false]);
      expect(rows).toEqual([{ seq_scan: 0, indexed: true }]);
    } finally {
      await client.end();
    }
  });
});
