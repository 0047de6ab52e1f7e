import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AnyWorker, JobProcessor, QueueBackend } from "../../src/queues/backend.ts";
import { createPostgresQueueBackend } from "../../src/queues/postgres-backend.ts";
import { jobOrdersMax, ordersJob } from "../../src/queues/jobs/process-order.ts";
import { createRedisBackend } from "../../src/queues/redis-backend.ts";
import { parsePayload } from "../../src/workers/parse-payload.ts";
import { queueBackends, type QueueStore } from "../support/backends.ts";

const onError = (): void => undefined;

/** An id for an order that is not in the database: only the queue is looked at. */
const idOf = (reference: string): string =>
  `00000000-0000-7000-8000-${Buffer.from(reference).toString("hex").padStart(12, "0")}`;

const orderOf = (reference: string) => ({ order: idOf(reference), reference, lines: 1 });

describe.each(queueBackends)("absorbing jobs, on $name", ({ create }) => {
  let store: QueueStore;
  let backend: QueueBackend;
  let worker: AnyWorker | undefined;

  beforeEach(async () => {
    store = await create();
    backend =
      store.kind === "postgres"
        ? await createPostgresQueueBackend({ databaseUrl: store.databaseUrl, onError })
        : createRedisBackend({ address: { url: store.redisUrl }, prefix: store.prefix, onError });
    await backend.queues["process-order"].bull.waitUntilReady();
    await backend.queues["process-order"].bull.pause();
  });
  afterEach(async () => {
    await worker?.close();
    worker = undefined;
    await backend.close();
    await store.discard();
  });

  /** Announces a job of orders, under the id of the first. */
  const announce = async (references: readonly string[], awaited = false): Promise<void> => {
    const orders = references.map((reference) => ({
      id: idOf(reference),
      reference,
      lines: 1,
      awaited,
    }));
    await backend.queues["process-order"].announce([ordersJob(references[0] ?? "", orders)]);
  };
  /** Lets a worker loose that works on one job at a time. */
  const startWorker = (process: JobProcessor): void => {
    worker = backend.createWorker("process-order", process, { concurrency: 1, onError });
  };
  const waiting = async (): Promise<unknown[]> => {
    const jobs = await backend.queues["process-order"].bull.getWaiting();
    return jobs.map((job) => job.id).toSorted();
  };
  /** Lets a worker loose on what waits, and resolves with the first job's payload once it absorbed others. */
  const absorbIntoFirst = async (
    beforehand?: () => Promise<unknown>,
    wrong = "",
  ): Promise<unknown> => {
    const first = Promise.withResolvers<unknown>();
    startWorker(async (job, token) => {
      await beforehand?.();
      first.resolve(await backend.absorbJobs(job, `${token}${wrong}`));
      // The others stay: no second job may begin while the test looks.
      await backend.queues["process-order"].bull.pause();
    });
    await backend.queues["process-order"].bull.resume();
    return first.promise;
  };
  const referencesOf = (payload: unknown): string[] =>
    parsePayload("process-order", payload).orders.map(({ reference }) => reference);

  it("absorbs the oldest first, keeps the orders' sequence, and removes their jobs", async () => {
    await announce(["A"]);
    await announce(["B", "C"]);
    await announce(["D"], true);
    const payload = await absorbIntoFirst();
    expect(payload).toEqual({
      v: 2,
      orders: ["A", "B", "C", "D"].map((reference) => ({
        order: idOf(reference),
        reference,
        lines: 1,
      })),
      awaited: true,
    });
    expect(await waiting()).toEqual([]);
    expect(await backend.queues["process-order"].lookUp("B")).toBe("none");
  });

  it("keeps every character of a reference, and every digit", async () => {
    const strange = `Ünïcode "quotes" \\ / 🛒 \u0001 <b> é`;
    await announce(["A"]);
    await backend.queues["process-order"].announce([
      ordersJob("B", [{ id: idOf("B"), reference: strange, lines: 1_234_567_890 }]),
    ]);
    expect(await absorbIntoFirst()).toMatchObject({
      orders: [{ lines: 1 }, { reference: strange, lines: 1_234_567_890 }],
    });
  });

  it("keeps absorbed orders when it is tried again", async () => {
    await announce(["A"]);
    await announce(["B"]);
    const again = Promise.withResolvers<unknown>();
    let attempts = 0;
    startWorker(async (job, token) => {
      attempts += 1;
      if (attempts > 1) {
        again.resolve(job.data);
        return;
      }
      await backend.absorbJobs(job, token ?? "");
      throw new Error("The database is away.");
    });
    await backend.queues["process-order"].bull.resume();
    expect(referencesOf(await again.promise)).toEqual(["A", "B"]);
  });

  it(`holds ${jobOrdersMax} orders at most, and splits no job`, async () => {
    const named = (letter: string, count: number): string[] =>
      Array.from({ length: count }, (_none, index) => `${letter}${index}`);
    await announce(named("A", 1));
    await announce(named("B", jobOrdersMax - 2));
    await announce(named("C", 2));
    await announce(named("D", 1));
    expect(referencesOf(await absorbIntoFirst())).toEqual([
      ...named("A", 1),
      ...named("B", jobOrdersMax - 2),
    ]);
    expect(await waiting()).toEqual(["C0", "D0"]);
  });

  it("absorbs as many single orders as there is room for, and leaves younger ones", async () => {
    const names = Array.from({ length: jobOrdersMax + 2 }, (_none, index) => `O${100 + index}`);
    for (const name of names) await announce([name]);
    expect(referencesOf(await absorbIntoFirst())).toEqual(names.slice(0, jobOrdersMax));
    expect(await waiting()).toEqual(names.slice(jobOrdersMax));
  });

  it.each([
    ["of another version", { v: 1, orders: [] }],
    ["without orders", { v: 2 }],
    ["that is no object", 7],
    ["of nothing", null],
    ["whose orders are no list", { v: 2, orders: { order: idOf("B"), reference: "B", lines: 1 } }],
    ["whose orders are an empty object", { v: 2, orders: {} }],
    ["whose list of orders is empty", { v: 2, orders: [] }],
    ["of an order without an id", { v: 2, orders: [{ reference: "B", lines: 1 }] }],
    ["of an order whose id is none", { v: 2, orders: [{ order: "B", reference: "B", lines: 1 }] }],
    [
      "of an order without lines",
      { v: 2, orders: [{ order: idOf("C"), reference: "C", lines: 0 }] },
    ],
    ["of half a line", { v: 2, orders: [{ order: idOf("C"), reference: "C", lines: 1.5 }] }],
    ["of an order without a reference", { v: 2, orders: [{ order: idOf("C"), lines: 1 }] }],
    ["of which one order can't be read", { v: 2, orders: [orderOf("C"), "D"] }],
    ["that says strangely who waits", { v: 2, orders: [orderOf("C")], awaited: "yes" }],
  ])("leaves a job %s, and those behind it, alone", async (_what, data) => {
    await announce(["A"]);
    await announce(["B"]);
    await backend.queues["process-order"].bull.add("process-order", data, { jobId: "strange" });
    await announce(["D"]);
    expect(referencesOf(await absorbIntoFirst())).toEqual(["A", "B"]);
    expect(await waiting()).toEqual(["D", "strange"]);
  });

  it("leaves a job alone that has been tried before", async () => {
    await announce(["A"]);
    const { bull } = backend.queues["process-order"];
    const tried = Promise.withResolvers<unknown>();
    let attempts = 0;
    startWorker(async (job, token) => {
      attempts += 1;
      if (attempts === 1) throw new Error("once");
      if (job.id !== "X") return;
      // By now A waits again: it was promoted behind X.
      tried.resolve(await backend.absorbJobs(job, token ?? ""));
    });
    await bull.resume();
    const isDelayed = async (): Promise<boolean> => (await bull.getDelayedCount()) === 1;
    await expect.poll(isDelayed, { timeout: 30_000 }).toBe(true);
    await bull.pause();
    await announce(["X"]);
    await (await bull.getJob("A"))?.promote();
    await bull.resume();
    expect(referencesOf(await tried.promise)).toEqual(["X"]);
  });

  it("absorbs nothing if nothing waits", async () => {
    await announce(["A"]);
    expect(referencesOf(await absorbIntoFirst())).toEqual(["A"]);
  });

  it("absorbs nothing while the queue is paused", async () => {
    await announce(["A"]);
    await announce(["B"]);
    const pause = () => backend.queues["process-order"].bull.pause();
    expect(referencesOf(await absorbIntoFirst(pause))).toEqual(["A"]);
    expect(await waiting()).toEqual(["B"]);
  });

  it("absorbs nothing into a job whose lock has another token by now", async () => {
    await announce(["A"]);
    await announce(["B"]);
    expect(referencesOf(await absorbIntoFirst(undefined, " of another"))).toEqual(["A"]);
    expect(await backend.queues["process-order"].lookUp("B")).toBe("open");
  });
});
