import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readConfig } from "../../src/config.ts";
import { createPool } from "../../src/db/sql/pool.ts";
import { type Running, start } from "../../src/process/start.ts";
import {
  createOrderBatcher,
  createOrderProcessor,
  jobsInHand,
} from "../../src/workers/process-order.ts";
import { expectBalancedBooks } from "../support/audit.ts";
import { queueBackends } from "../support/backends.ts";
import { startTestService, type TestService } from "../support/service.ts";

describe.each(queueBackends)("a job of several orders, with the queue on $name", (backend) => {
  let api: TestService;
  let worker: Running | undefined;

  beforeEach(async () => {
    api = await startTestService({ backend, roles: ["api"] });
    await api.send("PUT", "/products/MUG", { name: "Mug", unitsInStock: 3 });
  });
  afterEach(async () => {
    await worker?.stop();
    await expectBalancedBooks(api.databaseUrl);
    await api.stop();
  });

  /** Places orders of one unit, all at once, and then lets a worker loose on them. */
  const placeTogether = async (references: readonly string[]): Promise<void> => {
    const orders = references.map((reference) => ({
      reference,
      lines: [{ sku: "MUG", quantity: 1 }],
    }));
    expect((await api.send("POST", "/orders/bulk", { orders })).status).toBe(200);
  };
  const startWorker = async (): Promise<void> => {
    worker = await start(readConfig({ ...api.environment, PORT: "0" }), {
      roles: ["worker"],
      log: pino({ level: "silent" }),
    });
  };
  const statuses = async () =>
    Object.fromEntries(
      (
        await api.sql<{ reference: string; status: string }>(
          'select reference, status from "order"',
        )
      ).map(({ reference, status }) => [reference, status]),
    );
  const jobOf = async (reference: string) => {
    const [row] = await api.sql<{ job_id: string }>(
      'select job_id from "order" where reference = $1',
      [reference],
    );
    return api.queues["process-order"].bull.getJob(row?.job_id ?? "");
  };

  it("counts what it confirmed, and tells why it rejected the others", async () => {
    await placeTogether(["A", "B", "C", "D", "E"]);
    await startWorker();
    await vi.waitFor(async () => expect((await jobOf("E"))?.returnvalue).toBeTruthy(), {
      timeout: 30_000,
      interval: 50,
    });
    expect((await jobOf("E"))?.returnvalue).toEqual({
      confirmed: 3,
      alreadyEnded: 0,
      rejected: ["D", "E"].map(
        (reference) => `${reference}: MUG: out-of-stock, wanted 1, available 0`,
      ),
    });
  });

  it("fails where one order can't be decided, names it, and decides the others", async () => {
    await placeTogether(["A", "poison", "B"]);
    await api.sql(
      `update "order" set requested = '[["not an item", 1]]' where reference = 'poison'`,
    );
    await startWorker();
    await vi.waitFor(
      async () => expect((await jobOf("poison"))?.failedReason).toContain("poison"),
      { timeout: 30_000, interval: 50 },
    );
    expect(await statuses()).toEqual({
      A: "confirmed",
      poison: "pending",
      B: "confirmed",
    });
  });

  it("absorbs waiting jobs if as many are processed at once as may be", async () => {
    const references = Array.from({ length: 40 }, (_none, index) => `O${index}`);
    for (const reference of references) await placeTogether([reference]);
    const { bull } = api.queues["process-order"];
    // Nothing is decided until the worker processes as many jobs as it may.
    await api.sql("begin");
    await api.sql("select from stock_level for update");
    await startWorker();
    await vi.waitFor(async () => expect(await bull.getActiveCount()).toBe(jobsInHand(250)), {
      timeout: 30_000,
      interval: 50,
    });
    await api.sql("commit");
    await vi.waitFor(async () => expect(await bull.getJobCountByTypes("wait", "active")).toBe(0), {
      timeout: 30_000,
      interval: 50,
    });
    const decided = Object.values(await statuses());
    expect(decided.filter((status) => status === "confirmed")).toHaveLength(3);
    expect(decided.filter((status) => status === "rejected")).toHaveLength(37);
    expect(await bull.getCompletedCount()).toBeLessThan(references.length);
    // Each order names the job that decided it, also if that absorbed the first one.
    for (const reference of references) expect(await jobOf(reference)).toBeDefined();
  });

  it("is decided at once where somebody waits for it, though others would linger", async () => {
    const log = pino({ level: "silent" });
    const pool = createPool(api.databaseUrl, {
      max: 2,
      synchronousCommit: "on",
      onError: () => undefined,
    });
    const batching = { ordersMax: 9, linesMax: 99, lingerMs: 3_600_000, waitingMax: 99 };
    const batcher = createOrderBatcher(pool, batching, () => undefined, log);
    const absorbJobs = () =>
      Promise.reject(new Error("Few jobs are processed at once: none is to be absorbed."));
    const process = createOrderProcessor(batcher, pool, absorbJobs, 9);
    const processJobOf = async (reference: string): Promise<unknown> => {
      // The order is answered before its job is announced.
      const job = await vi.waitFor(
        async () => {
          const found = await jobOf(reference);
          if (found === undefined) throw new Error(`Expected a job for ${reference}.`);
          return found;
        },
        { timeout: 30_000, interval: 50 },
      );
      return process(job);
    };
    try {
      await placeTogether(["A", "B"]);
      // Two at once make it expect as many again, and linger for them.
      await processJobOf("A");
      const order = { reference: "C", lines: [{ sku: "MUG", quantity: 1 }] };
      const answer = api.send("POST", "/orders", order, { Prefer: "wait=30" });
      await processJobOf("C");
      expect((await answer).status).toBe(201);
    } finally {
      await pool.end();
    }
  });
});
