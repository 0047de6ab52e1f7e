// Jobs of an older version lie in the queues when a new one starts, and both run beside each other during an update.
// So what is written here is what the queue store must hold, word for word.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { QueueBackend } from "../../../src/queues/backend.ts";
import { alertJob } from "../../../src/queues/jobs/check-low-stock.ts";
import { expiryJob, overdueJob } from "../../../src/queues/jobs/expire-order.ts";
import { orderAgainJob, ordersJob } from "../../../src/queues/jobs/process-order.ts";
import { mailJob } from "../../../src/queues/jobs/send-mail.ts";
import { createPostgresQueueBackend } from "../../../src/queues/postgres-backend.ts";
import { createRedisBackend } from "../../../src/queues/redis-backend.ts";
import { queueBackends, type QueueStore } from "../../support/backends.ts";

const onError = (): void => undefined;
const id = "01981111-2222-7333-8444-555555555555";
const day = 86_400;

describe.each(queueBackends)("what a job is in the queue store, on $name", ({ create }) => {
  let store: QueueStore;
  let backend: QueueBackend;

  beforeAll(async () => {
    store = await create();
    backend =
      store.kind === "postgres"
        ? await createPostgresQueueBackend({ databaseUrl: store.databaseUrl, onError })
        : createRedisBackend({ address: { url: store.redisUrl }, prefix: store.prefix, onError });
    for (const { bull } of Object.values(backend.queues)) await bull.waitUntilReady();
  });
  afterAll(async () => {
    await backend.close();
    await store.discard();
  });

  /** How long finished jobs are kept: PostgreSQL keeps them by age alone. */
  const kept = () =>
    store.kind === "postgres"
      ? { removeOnComplete: { age: 300 }, removeOnFail: { age: 14 * day } }
      : { removeOnComplete: { count: 1_000 }, removeOnFail: { count: 5_000, age: 14 * day } };

  /** What the store holds of a job. */
  const stored = async (queue: keyof QueueBackend["queues"], jobId: string) => {
    const { bull } = backend.queues[queue];
    const job = await bull.getJob(jobId);
    return { queue: bull.name, name: job?.name, data: job?.data, opts: job?.opts };
  };

  it("orders: a job of several, one that is awaited, and one that is announced again", async () => {
    const two = [
      { id, reference: "SO-1", lines: 2, awaited: false },
      { id: id.replace("5", "6"), reference: "SO-2", lines: 1 },
    ];
    await backend.queues["process-order"].announce([
      ordersJob("together", two),
      ordersJob("awaited", [{ id, reference: "SO-1", lines: 2, awaited: true }]),
      orderAgainJob({ id, reference: "SO-1", lines: 2 }),
    ]);
    const opts = {
      attempts: 5,
      backoff: { type: "exponential", delay: 500, jitter: 0.5 },
      stackTraceLimit: 2,
      ...kept(),
    };
    const first = { order: id, reference: "SO-1", lines: 2 };
    const job = { queue: "orders", name: "process-order" };
    expect(await stored("process-order", "together")).toEqual({
      ...job,
      data: {
        v: 2,
        orders: [first, { order: id.replace("5", "6"), reference: "SO-2", lines: 1 }],
      },
      opts: { ...opts, jobId: "together" },
    });
    expect(await stored("process-order", "awaited")).toEqual({
      ...job,
      data: { v: 2, orders: [first], awaited: true },
      opts: { ...opts, jobId: "awaited" },
    });
    const again = "01981111-2222-8333-8444-555555555555";
    expect(await stored("process-order", again)).toEqual({
      ...job,
      data: { v: 2, orders: [first] },
      opts: { ...opts, jobId: again },
    });
  });

  it("alerts: one job for each piece of an alert's news", async () => {
    const news = [
      { notice: "low", number: 1 },
      { notice: "out", number: 2 },
      { notice: "out", number: 3 },
    ] as const;
    await backend.queues["check-low-stock"].announce(
      news.map(({ notice, number }) => alertJob({ id, sku: "MUG", notice, number })),
    );
    for (const { notice, number } of news) {
      expect(await stored("check-low-stock", `${id}-${number}`)).toEqual({
        queue: "low-stock",
        name: "check-low-stock",
        data: { v: 1, alert: id, sku: "MUG", notice },
        opts: {
          attempts: 8,
          backoff: { type: "exponential", delay: 1_000, jitter: 0.5 },
          stackTraceLimit: 2,
          ...kept(),
          jobId: `${id}-${number}`,
        },
      });
    }
  });

  it("mails: one job a mail", async () => {
    const mail = mailJob({ id, to: "ann@example.com", about: "low stock of MUG" });
    await backend.queues["send-mail"].announce([mail]);
    expect(await stored("send-mail", id)).toEqual({
      queue: "mail",
      name: "send-mail",
      data: { v: 1, mail: id, to: "ann@example.com", about: "low stock of MUG" },
      opts: {
        attempts: 10,
        backoff: { type: "exponential", delay: 5_000, jitter: 0.2 },
        stackTraceLimit: 2,
        ...kept(),
        jobId: id,
      },
    });
  });

  it("orders to be paid: a delayed job, and another one if the order is overdue", async () => {
    const unpaid = { id, reference: "SO-1", lines: 2 };
    await backend.queues["expire-order"].announce([expiryJob(unpaid, 60_000), overdueJob(unpaid)]);
    const job = {
      queue: "payments",
      name: "expire-order",
      data: { v: 1, order: id, reference: "SO-1", lines: 2 },
    };
    const opts = {
      attempts: 8,
      backoff: { type: "exponential", delay: 1_000, jitter: 0.5 },
      stackTraceLimit: 2,
      ...kept(),
    };
    expect(await stored("expire-order", `${id}-due`)).toEqual({
      ...job,
      opts: { ...opts, jobId: `${id}-due`, delay: 60_000 },
    });
    expect(await stored("expire-order", `${id}-overdue`)).toEqual({
      ...job,
      opts: { ...opts, jobId: `${id}-overdue` },
    });
  });
});
