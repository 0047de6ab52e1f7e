// A worker that starts just when PostgreSQL goes away.

import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { mailJob } from "../../src/queues/jobs/send-mail.ts";
import { createPostgresQueueBackend } from "../../src/queues/postgres-backend.ts";
import { startTcpProxy } from "../../tools/lab/tcp-proxy.ts";
import { createTestDatabase } from "../support/database.ts";

it("a worker whose first connection fails works when PostgreSQL is back, and blocks nothing meanwhile", async () => {
  const database = await createTestDatabase();
  const proxy = await startTcpProxy(database.url);
  const errors: Error[] = [];
  const onError = (error: Error): void => void errors.push(error);
  const backend = await createPostgresQueueBackend({ databaseUrl: proxy.url, onError });
  proxy.refuse();
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
    // If the worker blocked the process, no timer would run any more, and this test would never end.
    await expect.poll(() => errors.length).toBeGreaterThan(2);
    proxy.heal();
    const id = randomUUID();
    const job = mailJob({ id, to: "ann@example.com", about: "MUG" });
    await expect
      .poll(() =>
        backend.queues["send-mail"].announce([job]).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
    await expect.poll(() => done.has(id)).toBe(true);
  } finally {
    proxy.heal();
    await worker.close();
    await backend.close();
    proxy.close();
    await database.drop();
  }
});
