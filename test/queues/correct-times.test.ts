// A worker whose clock is ten minutes ahead leaves times in BullMQ's tables that have not come yet.

import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createQueuePool } from "../../src/db/sql/pool.ts";
import { jobLock, type QueueBackend } from "../../src/queues/backend.ts";
import { correctTimes } from "../../src/queues/correct-times.ts";
import { mailJob } from "../../src/queues/jobs/send-mail.ts";
import { createPostgresQueueBackend } from "../../src/queues/postgres-backend.ts";
import { createTestDatabase } from "../support/database.ts";

const onError = (): void => undefined;
const ahead = 600_000;

describe("with the queue on PostgreSQL, after a worker whose clock is ten minutes ahead", () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let backend: QueueBackend;
  let pool: Pool;

  beforeEach(async () => {
    database = await createTestDatabase();
    backend = await createPostgresQueueBackend({ databaseUrl: database.url, onError });
    await backend.queues["send-mail"].bull.waitUntilReady();
    pool = createQueuePool(database.url, { schema: "bullmq", max: 2, onError });
  });
  afterEach(async () => {
    await backend.close();
    await pool.end();
    await database.drop();
  });

  const announce = async (): Promise<string> => {
    const id = randomUUID();
    const job = mailJob({ id, to: "ann@example.com", about: "MUG" });
    await backend.queues["send-mail"].announce([job]);
    return id;
  };
  /** Leaves a job as a worker does that was killed. */
  const claim = async (id: string, lockedUntil: number): Promise<void> => {
    await pool.query(
      "update job set state = 'active', lock_token = 'gone', locked_until_ms = $2 where id = $1",
      [id, lockedUntil],
    );
  };
  const setStalledCheck = (at: number) =>
    pool.query(
      `insert into meta (queue, field, value) values ('mail', 'stalled-check', $1)
       on conflict (queue, field) do update set value = excluded.value`,
      [`${at}`],
    );

  it("another one takes over its jobs, and those of workers that died since", async () => {
    const [ofIt, ofAnother] = [await announce(), await announce()];
    await claim(ofIt, Date.now() + ahead + jobLock.lockDuration);
    await claim(ofAnother, Date.now() - 1_000);
    await setStalledCheck(Date.now() + ahead);
    const done = new Set<string | undefined>();
    const worker = backend.createWorker(
      "send-mail",
      (job) => {
        done.add(job.id);
        return Promise.resolve();
      },
      { concurrency: 2, onError },
    );
    try {
      await expect.poll(() => done, { timeout: 55_000 }).toEqual(new Set([ofIt, ofAnother]));
    } finally {
      await worker.close();
    }
  });

  it("times are corrected that no right clock would have written, and no others", async () => {
    const now = Date.now();
    const [locked, early, late, held] = [
      await announce(),
      await announce(),
      await announce(),
      await announce(),
    ];
    await claim(locked, now + jobLock.lockDuration);
    await claim(held, now + ahead);
    const delay = async (id: string, dueAt: number) =>
      pool.query(
        "update job set state = 'delayed', delay_ms = 20000, process_at_ms = $2 where id = $1",
        [id, dueAt],
      );
    await delay(early, now + 20_000);
    await delay(late, now + 20_000 + ahead);
    await setStalledCheck(now);

    await correctTimes(pool, ["mail"]);

    const { rows } = await pool.query<{ id: string; until: number | null; due: number | null }>(
      `select id, locked_until_ms::double precision as until, process_at_ms::double precision as due
       from job`,
    );
    const timesOf = (id: string) => rows.find((row) => row.id === id);
    expect(timesOf(locked)?.until).toBe(now + jobLock.lockDuration);
    expect(timesOf(early)?.due).toBe(now + 20_000);
    expect(timesOf(held)?.until).toBeLessThan(now + 60_000);
    expect(timesOf(late)?.due).toBeLessThan(now + 80_000);
    expect(timesOf(late)?.due).toBeGreaterThanOrEqual(now + 19_000);
    const checks = await pool.query<{ value: string }>(
      "select value from meta where field = 'stalled-check'",
    );
    expect(checks.rows).toEqual([{ value: `${now}` }]);
  });
});
