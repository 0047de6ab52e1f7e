import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { pino } from "pino";
import { Redis } from "ioredis";
import { afterEach, beforeEach, describe, expect, inject, it, vi } from "vitest";
import * as z from "zod";
import { readConfig } from "../../../src/config.ts";
import { createPool } from "../../../src/db/sql/pool.ts";
import { logOptions } from "../../../src/process/create-log.ts";
import { type Running, start } from "../../../src/process/start.ts";
import { mailJob } from "../../../src/queues/jobs/send-mail.ts";
import { withSweepLock } from "../../../src/db/sweep/sweep-lock.ts";
import { sweepOnce } from "../../../src/workers/sweeper/sweeper.ts";
import { expectBalancedBooks } from "../../support/audit.ts";
import { queueBackends } from "../../support/backends.ts";
import { startTestService, type TestService } from "../../support/service.ts";

const patience = { timeout: 30_000, interval: 50 };
/** How the loss of a connection shows, depending on what was under way. */
const lostConnection = /terminat|not queryable|EPIPE|ECONNRESET/;
const lineSchema = z.object({ msg: z.string(), requestId: z.string().optional() });
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
      outOfStockThreshold: 0,
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

  /** How many orders a sweep announces again that looks at all that are pending. */
  const announcedBySweep = async (pool: Pool): Promise<number> =>
    (await sweepOnce(pool, { queues: api.queues }, 0))["process-order"];
  const withPool = async (work: (pool: Pool) => Promise<void>): Promise<void> => {
    const options = { max: 2, synchronousCommit: "on", onError: () => undefined } as const;
    const pool = createPool(api.databaseUrl, options);
    try {
      await work(pool);
    } finally {
      await pool.end();
    }
  };

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

  it("has the id of its sweep, in the log's lines up to the mail", async () => {
    const { bull } = api.queues["check-low-stock"];
    await api.send("POST", "/stock/MUG/adjustments", { set: 50 });
    await vi.waitFor(async () => expect(await bull.count()).toBe(1), patience);
    await bull.obliterate({ force: true });
    const lines: string[] = [];
    worker = await start(readConfig({ ...api.environment, PORT: "0" }), {
      roles: ["worker"],
      log: pino(logOptions("debug"), { write: (line: string) => void lines.push(line) }),
    });
    const idsOf = (message: string): string[] =>
      lines.flatMap((line) => {
        const { msg, requestId } = lineSchema.parse(JSON.parse(line));
        return msg === message && requestId !== undefined ? [requestId] : [];
      });
    await vi.waitFor(() => expect(idsOf("mail sent")).toHaveLength(1), patience);
    expect(idsOf("announced again what had lost its job")).toContain(idsOf("mail sent")[0]);
    expect(idsOf("alert told")).toEqual(idsOf("mail sent"));
  });

  it("is announced again where its job was given up", async () => {
    await placeOrders(1);
    const [order] = await api.sql<{ id: string; requested: string }>(
      'select id, requested::text as requested from "order"',
    );
    await api.sql(`update "order" set requested = '[["not an item", 1]]'`);
    await startWorker();
    // Each sweep that finds it given up announces it by another job, and forgets the last.
    const jobId = async (): Promise<string> => {
      const [row] = await api.sql<{ job_id: string }>('select job_id from "order"');
      return row?.job_id ?? "";
    };
    const first = await jobId();
    await vi.waitFor(async () => expect(await jobId()).not.toBe(first), patience);
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
    await withPool(async (pool) => {
      expect(await announcedBySweep(pool)).toBe(0);
      await bull.obliterate({ force: true });
      expect(await announcedBySweep(pool)).toBe(3);
      // One job announces them together now, and the next sweep finds it.
      expect(await bull.getJobCountByTypes("waiting")).toBe(1);
      expect(await announcedBySweep(pool)).toBe(0);
    });
  });

  it("begins if it is a mail that was moved to an earlier time, but not if it waits for its next attempt", async () => {
    const { bull, announce } = api.queues["send-mail"];
    const about = { to: "ann@example.com", about: "test" };
    for (const attempts of [0, 1]) {
      const id = randomUUID();
      await api.sql(
        `insert into mail (id, template_code, to_name, to_email, data, message_id, waits_until, attempts)
         values ($1, 'test', 'Ann', 'ann@example.com', '{}', $3, now() - interval '1 s', $2)`,
        [id, attempts, `<${id}@example.com>`],
      );
      await announce([mailJob({ ...about, id }, 86_400_000)]);
      await withPool(async (pool) => void (await sweepOnce(pool, { queues: api.queues }, 0)));
      expect(await bull.getDelayedCount()).toBe(attempts);
    }
  });

  it("is announced by a job that no earlier one can be taken for", async () => {
    await placeOrders(2);
    const { bull } = api.queues["process-order"];
    await vi.waitFor(
      async () => expect(await bull.getJobCountByTypes("waiting")).toBe(2),
      patience,
    );
    await bull.obliterate({ force: true });
    await withPool(async (pool) => {
      expect(await announcedBySweep(pool)).toBe(2);
    });
    const orders = await api.sql<{ id: string; job_id: string }>('select id, job_id from "order"');
    const [job] = await bull.getWaiting();
    expect(orders.map(({ job_id }) => job_id)).toEqual([job?.id, job?.id]);
    expect(orders.map(({ id }) => id)).not.toContain(job?.id);
  });

  it("is swept by another process if the one that sweeps is frozen", async () => {
    await withPool(async (pool) => {
      const frozen = Promise.withResolvers<string>();
      const sweep = withSweepLock(pool, async (confirm) => {
        const [holder] = await api.sql<{ pid: string }>(
          `select pid from pg_locks join pg_database d on d.oid = database
            where locktype = 'advisory' and granted and datname = current_database()`,
        );
        // What PostgreSQL does once the holder has been silent for too long.
        await api.sql("select pg_terminate_backend($1)", [holder?.pid]);
        frozen.resolve("lost");
        await vi.waitFor(() => expect(confirm()).rejects.toThrow(lostConnection), patience);
        await confirm();
      });
      await expect(sweep).rejects.toThrow(lostConnection);
      expect(await frozen.promise).toBe("lost");
      expect(await announcedBySweep(pool)).toBe(0);
    });
  });

  it("holds its lock in a transaction, which PostgreSQL ends when its holder is silent", async () => {
    await withPool(async (pool) => {
      await withSweepLock(pool, async () => {
        const [holder] = await api.sql<{ state: string }>(
          `select a.state from pg_stat_activity a join pg_locks l using (pid)
           where l.locktype = 'advisory' and l.granted and a.datname = current_database()`,
        );
        expect(holder?.state).toBe("idle in transaction");
        let ran = false;
        await withSweepLock(pool, () => {
          ran = true;
          return Promise.resolve();
        });
        expect(ran).toBe(false);
      });
    });
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
    const { bull } = api.queues["process-order"];
    const announce = (jobId: string, data: unknown) => bull.add("process-order", data, { jobId });
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
        expect(await bull.getJobState(id)).toBe("failed");
      }, patience);
    }
  });
});

describe.each(queueBackends.filter(({ name }) => name === "Redis"))(
  "a job that is in no list, with the queue on $name",
  (backend) => {
    it("keeps no order, alert or mail from being done", async () => {
      const service = await startTestService({ backend, roles: ["api"], environment: sweeping });
      const redis = new Redis(inject("redisUrl") ?? "");
      try {
        await service.send("PUT", "/products/MUG", { name: "Mug", unitsInStock: 9 });
        const body = { reference: "SO-1", lines: [{ sku: "MUG", quantity: 1 }] };
        expect((await service.send("POST", "/orders", body)).status).toBe(202);
        const { bull } = service.queues["process-order"];
        await vi.waitFor(
          async () => expect(await bull.getJobCountByTypes("waiting")).toBe(1),
          patience,
        );
        await redis.del(bull.toKey("wait"), bull.toKey("active"));
        for (const queue of Object.values(service.queues)) {
          // A hand in the store, or another program.
          await redis.hset(queue.bull.toKey("forged"), "name", queue.job, "data", "{}");
          expect(await queue.lookUp("forged")).toBe("open");
          expect(await queue.isStranded("forged")).toBe(true);
          await queue.forget("forged");
          expect(await queue.lookUp("forged")).toBe("none");
        }
        const worker = await start(readConfig({ ...service.environment, PORT: "0" }), {
          roles: ["worker"],
          log: pino({ level: "silent" }),
        });
        try {
          await vi.waitFor(async () => {
            expect(await service.sql('select status from "order"')).toEqual([
              { status: "confirmed" },
            ]);
          }, patience);
        } finally {
          await worker.stop();
        }
      } finally {
        redis.disconnect();
        await service.stop();
      }
    });
  },
);

describe.each(queueBackends)("a sweep that finds something, with the queue on $name", (backend) => {
  it("is counted", async () => {
    const service = await startTestService({ backend, environment: sweeping });
    try {
      await service.send("PUT", "/products/MUG", { name: "Mug", unitsInStock: 9 });
      const body = { reference: "SO-1", lines: [{ sku: "MUG", quantity: 1 }] };
      expect((await service.send("POST", "/orders", body)).status).toBe(202);
      const metrics = async (): Promise<string> => (await fetch(`${service.url}/metrics`)).text();
      expect(await metrics()).toContain('tallyman_swept_total{queue="orders"} 0');
      // An order like the first that nobody announces.
      await service.sql(
        `insert into "order" (id, reference, fingerprint, requested, accepted_by, awaited)
         select $1, 'SO-2', fingerprint, requested, accepted_by, false from "order"`,
        [randomUUID()],
      );
      await vi.waitFor(
        async () => expect(await metrics()).toContain('tallyman_swept_total{queue="orders"} 1'),
        patience,
      );
    } finally {
      await service.stop();
    }
  });
});
