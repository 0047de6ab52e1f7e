import { randomUUID } from "node:crypto";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readConfig } from "../../src/config.ts";
import { createPool } from "../../src/db/pool.ts";
import { type Running, start } from "../../src/start.ts";
import { sweepOnce } from "../../src/workers/sweeping/sweeper.ts";
import { expectBalancedBooks } from "../support/audit.ts";
import { queueBackends } from "../support/backends.ts";
import { startTestService, type TestService } from "../support/service.ts";

const patience = { timeout: 30_000, interval: 50 };
const sweeping = { SWEEP_INTERVAL_MS: "100", SWEEP_AFTER_MS: "100" };

describe.each(queueBackends)("work without a job, with the queue on $name", (backend) => {
  let api: TestService;
  let worker: Running | undefined;

  beforeEach(async () => {
    api = await startTestService({ backend, roles: ["api"], environment: sweeping });
    await api.send("PUT", "/products/MUG", {
      name: "Mug",
      unitsInStock: 100,
      stockAlertThreshold: 99,
      sellBelowThreshold: true,
    });
  });
  afterEach(async () => {
    await worker?.stop();
    await expectBalancedBooks(api.databaseUrl);
    await api.stop();
  });

  /** A worker beside the API, on the same database and queue store. */
  const startWorker = async (): Promise<void> => {
    worker = await start(readConfig({ ...api.environment, PORT: "0" }), {
      roles: ["worker"],
      log: pino({ level: "silent" }),
    });
  };
  const placeOrders = async (count: number): Promise<void> => {
    for (let index = 0; index < count; index += 1) {
      const body = { reference: randomUUID(), lines: [{ sku: "MUG", quantity: 1 }] };
      expect((await api.send("POST", "/orders", body)).status).toBe(202);
    }
  };
  const statuses = async (): Promise<readonly string[]> =>
    (await api.sql<{ status: string }>('select status from "order"')).map(({ status }) => status);

  it("is found and done: orders whose jobs were lost are decided, their alert is mailed", async () => {
    await placeOrders(5);
    await vi.waitFor(async () => {
      expect(await api.queues["process-order"].bull.getJobCountByTypes("waiting")).toBe(5);
    }, patience);
    await api.queues["process-order"].bull.obliterate({ force: true });
    await startWorker();
    await vi.waitFor(
      async () => expect(await statuses()).toEqual(Array(5).fill("confirmed")),
      patience,
    );
    await vi.waitFor(async () => {
      const mails = await api.sql<{ status: string }>("select status from mail");
      expect(mails.map(({ status }) => status)).toEqual(["sent"]);
    }, patience);
  });

  it("is announced again where its job was given up", async () => {
    await placeOrders(1);
    const [order] = await api.sql<{ id: string; requested: string }>(
      'select id, requested::text as requested from "order"',
    );
    await api.sql(`update "order" set requested = '[["not an item", 1]]'`);
    await startWorker();
    const queue = api.queues["process-order"];
    await vi.waitFor(
      async () => expect(await queue.bull.getJobState(order?.id ?? "")).toBe("failed"),
      patience,
    );
    expect(await statuses()).toEqual(["pending"]);
    await api.sql('update "order" set requested = $1', [order?.requested]);
    await vi.waitFor(async () => expect(await statuses()).toEqual(["confirmed"]), patience);
  });

  it("is left alone where its job waits", async () => {
    await placeOrders(3);
    const { bull } = api.queues["process-order"];
    await vi.waitFor(
      async () => expect(await bull.getJobCountByTypes("waiting")).toBe(3),
      patience,
    );
    const pool = createPool(api.databaseUrl, {
      max: 2,
      synchronousCommit: "on",
      onError: () => undefined,
    });
    try {
      expect(await sweepOnce(pool, { queues: api.queues }, 0)).toBe(0);
      await bull.obliterate({ force: true });
      expect(await sweepOnce(pool, { queues: api.queues }, 0)).toBe(3);
      // One job announces them together now, and the next sweep finds it.
      expect(await bull.getJobCountByTypes("waiting")).toBe(1);
      expect(await sweepOnce(pool, { queues: api.queues }, 0)).toBe(0);
    } finally {
      await pool.end();
    }
  });

  it("is found where one job announced several orders, each once and whichever is left", async () => {
    const bodies = Array.from({ length: 120 }, (_none, index) => ({
      reference: `G-${index}`,
      lines: [{ sku: "MUG", quantity: 1 }],
    }));
    await api.send("PUT", "/products/MUG", { name: "Mug", unitsInStock: 1_000 });
    expect((await api.send("POST", "/orders/bulk", { orders: bodies })).status).toBe(200);
    const { bull } = api.queues["process-order"];
    const together = await api.sql<{ job_id: string }>('select distinct job_id from "order"');
    expect(together.length).toBeLessThan(bodies.length / 10);
    await vi.waitFor(
      async () => expect(await bull.getJobCountByTypes("waiting")).toBe(together.length),
      patience,
    );
    await bull.obliterate({ force: true });
    await startWorker();
    await vi.waitFor(
      async () => expect(await statuses()).toEqual(Array(bodies.length).fill("confirmed")),
      patience,
    );
  });

  it("a job that was not made by the service is set aside, and holds up nobody", async () => {
    const stranger = randomUUID();
    const announce = (id: string, data: Record<string, unknown>) =>
      api.queues["process-order"].announce([{ id, data }]);
    await announce("empty", {});
    const orders = [{ order: stranger, reference: "x", lines: 1 }];
    await announce("future", { v: 3, orders });
    await announce("unknown", { v: 2, orders });
    await placeOrders(2);
    await startWorker();
    await vi.waitFor(
      async () => expect(await statuses()).toEqual(["confirmed", "confirmed"]),
      patience,
    );
    for (const id of ["empty", "future", "unknown"]) {
      await vi.waitFor(async () => {
        expect(await api.queues["process-order"].bull.getJobState(id)).toBe("failed");
      }, patience);
    }
  });
});
