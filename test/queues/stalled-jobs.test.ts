// A worker's lock on a job is renewed while it works, and its job is done by another one if it dies. Neither costs
// anything while no job is at work.

import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import {
  type AnyWorker,
  jobLock,
  type JobProcessor,
  type QueueBackend,
} from "../../src/queues/backend.ts";
import { mailJob } from "../../src/queues/jobs/send-mail.ts";
import { createPostgresQueueBackend } from "../../src/queues/postgres-backend.ts";
import { createQueueRounds } from "../../src/queues/queue-rounds.ts";
import { createRedisBackend } from "../../src/queues/redis-backend.ts";
import { startRedisServer } from "../../tools/redis-server.ts";
import { queueBackends, type QueueStore } from "../support/backends.ts";

const onError = (): void => undefined;
const patience = { timeout: 40_000, interval: 50 };

describe.each(queueBackends)("jobs at work, on $name", ({ create }) => {
  let store: QueueStore;
  let backend: QueueBackend;
  let workers: AnyWorker[];

  beforeEach(async () => {
    store = await create();
    workers = [];
    backend =
      store.kind === "postgres"
        ? await createPostgresQueueBackend({ databaseUrl: store.databaseUrl, onError })
        : createRedisBackend({ address: { url: store.redisUrl }, prefix: store.prefix, onError });
    await backend.queues["send-mail"].bull.waitUntilReady();
  });
  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.close(true)));
    await backend.close();
    await store.discard();
  });

  const startWorker = async (process: JobProcessor): Promise<AnyWorker> => {
    const worker = backend.createWorker("send-mail", process, { concurrency: 5, onError });
    workers.push(worker);
    await worker.waitUntilReady();
    return worker;
  };
  const announce = async (): Promise<string> => {
    const id = randomUUID();
    await backend.queues["send-mail"].announce([
      mailJob({ id, to: "ann@example.com", about: "MUG" }),
    ]);
    return id;
  };

  it("jobs that take longer than their lock lasts are done once, also after a time without a job", async () => {
    const begun: (string | undefined)[] = [];
    const ended: (string | undefined)[] = [];
    const works = Promise.withResolvers<undefined>();
    await startWorker(async ({ id }) => {
      begun.push(id);
      if (begun.length > 1) await works.promise;
      ended.push(id);
    });
    const pass = async (ms: number): Promise<void> => {
      const startedAt = performance.now();
      await expect.poll(() => performance.now() - startedAt, patience).toBeGreaterThan(ms);
    };
    const quick = await announce();
    await expect.poll(() => ended, patience).toEqual([quick]);
    const { bull } = backend.queues["send-mail"];
    await expect.poll(() => bull.getActiveCount(), patience).toBe(0);
    // By then the worker's timer has fired, and was not set again.
    await pass(jobLock.lockRenewTime);
    const slow = await announce();
    await expect.poll(() => begun, patience).toEqual([quick, slow]);
    const beside = await announce();
    // By then a lock that nobody renewed has run out, and was looked for twice.
    await pass(jobLock.lockDuration + 3 * jobLock.stalledInterval);
    works.resolve(undefined);
    await expect.poll(() => ended.length, patience).toBe(3);
    expect(begun).toEqual([quick, slow, beside]);
  });

  it("a job whose worker died is done by another one", async () => {
    const died = Promise.withResolvers<undefined>();
    const first = await startWorker(() => {
      died.resolve(undefined);
      return new Promise(() => undefined);
    });
    const id = await announce();
    await died.promise;
    await first.close(true);
    const done: (string | undefined)[] = [];
    await startWorker((job) => {
      done.push(job.id);
      return Promise.resolve();
    });
    await expect.poll(() => done, patience).toEqual([id]);
  });
});

it("on Redis, stalled jobs are looked for only every fifth time while no job is at work", async ({
  skip,
}) => {
  const server = await startRedisServer({});
  if (server === null) return skip("there is no redis-server on the PATH");
  onTestFinished(() => server.stop());
  const backend = createRedisBackend({ address: { url: server.url }, prefix: "idle", onError });
  const worker = backend.createWorker("send-mail", () => Promise.resolve(), {
    concurrency: 2,
    onError,
  });
  const redis = new Redis(server.url);
  onTestFinished(async () => {
    redis.disconnect();
    await worker.close();
    await backend.close();
  });
  // A round looks at one set of each queue. BullMQ's search begins by setting a key.
  const queues = Object.keys(backend.queues).length;
  const counted = async () => {
    const stats = await redis.info("commandstats");
    const calls = (command: string) =>
      Number(new RegExp(`cmdstat_${command}:calls=(\\d+)`).exec(stats)?.[1] ?? 0);
    return { rounds: calls("scard") / queues, searches: calls("set") };
  };
  // The server may be one that takes no writes, and has old lists: only a search can tell.
  await expect.poll(async () => (await counted()).searches, patience).toBeGreaterThan(0);
  const { rounds, searches } = await counted();
  expect(searches).toBeLessThanOrEqual(rounds / 5);
});

describe("the rounds of a process", () => {
  const startRounds = (look: Parameters<typeof createQueueRounds>[0]) => {
    const calls: string[] = [];
    const errors: string[] = [];
    let isClosed = false;
    const rounds = createQueueRounds(look);
    for (const queue of ["mail", "orders"]) {
      rounds.add({
        queue,
        isClosed: () => isClosed,
        wake: () => void calls.push(`wake ${queue}`),
        findStalled: () => {
          calls.push(`find ${queue}`);
          return Promise.reject(new Error(`${queue} is refused`));
        },
        onError: ({ message }) => void errors.push(message),
      });
    }
    return { calls, errors, end: () => (isClosed = true) };
  };
  const all = ["find mail", "find orders", "wake mail", "wake orders"];

  it("do what the look says for each queue", async () => {
    const { calls, end } = startRounds((queues) =>
      Promise.resolve(
        queues.map((queue) => ({
          queue,
          isReady: queue === "mail",
          mayHaveStalled: queue === "orders",
        })),
      ),
    );
    await expect.poll(() => calls.length, patience).toBeGreaterThan(3);
    end();
    expect([...new Set(calls)].toSorted()).toEqual(["find orders", "wake mail"]);
  });

  it("tell of a search that failed, and search again", async () => {
    const { errors, end } = startRounds((queues) =>
      Promise.resolve(queues.map((queue) => ({ queue, mayHaveStalled: queue === "orders" }))),
    );
    await expect.poll(() => errors.length, patience).toBeGreaterThan(1);
    end();
    expect([...new Set(errors)]).toEqual(["orders is refused"]);
  });

  it.each([
    ["fails", () => Promise.reject(new Error("away"))],
    ["gets no answer", () => new Promise<never>(() => undefined)],
  ])("let every worker look by itself if the look %s", async (_what, look) => {
    const { calls, end } = startRounds(look);
    await expect.poll(() => calls.length, patience).toBeGreaterThan(7);
    end();
    expect([...new Set(calls)].toSorted()).toEqual(all);
  });
});
