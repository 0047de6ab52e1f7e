// How far a sweep goes: it costs the same however many orders wait with their jobs, and yet finds all that lost theirs.

import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import type { Pool } from "pg";
import { afterEach, beforeEach, describe, expect, inject, it, vi } from "vitest";
import { createPool } from "../../../src/db/sql/pool.ts";
import type { JobQueues } from "../../../src/queues/backend.ts";
import { ordersJob } from "../../../src/queues/jobs/process-order.ts";
import { sweepOldest, sweepOnce } from "../../../src/workers/sweeper/sweeper.ts";
import { queueBackends } from "../../support/backends.ts";
import { startTestService, type TestService } from "../../support/service.ts";

const waiting = 400;

describe.each(queueBackends)(
  "a sweep while many orders wait, with the queue on $name",
  (backend) => {
    let api: TestService;
    let pool: Pool;
    /** The queues, and how often each job's state was asked for. */
    let queues: JobQueues;
    let asked = { ids: 0, states: 0 };

    beforeEach(async () => {
      api = await startTestService({ backend, roles: ["api"] });
      pool = createPool(api.databaseUrl, {
        max: 2,
        synchronousCommit: "on",
        onError: () => undefined,
      });
      const queue = api.queues["process-order"];
      const counted: JobQueues["process-order"] = {
        ...queue,
        lookUp(id) {
          asked.ids += 1;
          return queue.lookUp(id);
        },
        isStranded(id) {
          asked.states += 1;
          return queue.isStranded(id);
        },
      };
      queues = { ...api.queues, "process-order": counted };
      await api.send("PUT", "/products/MUG", { name: "Mug", unitsInStock: 1_000 });
      await placeOrdersWithJobs();
    });
    afterEach(async () => {
      await pool.end();
      await api.stop();
    });

    /** Each order has a job of its own. */
    const placeOrdersWithJobs = async (): Promise<void> => {
      const orders = Array.from({ length: waiting }, () => ({
        reference: randomUUID(),
        lines: [{ sku: "MUG", quantity: 1 }],
      }));
      expect((await api.send("POST", "/orders/bulk", { orders })).status).toBe(200);
      const stored = await api.sql<{ id: string; reference: string }>(
        'update "order" set job_id = id returning id, reference',
      );
      const { bull } = queues["process-order"];
      const shared = await vi.waitFor(async () => {
        const jobs = await bull.getWaiting();
        const announced = jobs.flatMap(
          ({ data }) => JSON.stringify(data).match(/"reference"/g) ?? [],
        );
        expect(announced.length).toBe(waiting);
        return jobs;
      });
      await Promise.all(shared.map((job) => job.remove()));
      await queues["process-order"].announce(
        stored.map((order) => ordersJob(order.id, [{ ...order, lines: 1 }])),
      );
    };
    /** What a sweep announces again, and what it asks the queue store. */
    const outcomeOf = async (sweep: typeof sweepOnce) => {
      asked = { ids: 0, states: 0 };
      const announced = (await sweep(pool, { queues }, 0))["process-order"];
      return { announced, ...asked };
    };

    it("looks at the oldest alone, unless it is a thorough one", async () => {
      expect(await outcomeOf(sweepOldest)).toEqual({ announced: 0, ids: 150, states: 10 });
      expect(await outcomeOf(sweepOnce)).toEqual({ announced: 0, ids: waiting, states: 200 });
      const [newest] = await api.sql<{ id: string }>(
        'select id from "order" order by id desc limit 1',
      );
      await queues["process-order"].forget(newest?.id ?? "");
      expect((await outcomeOf(sweepOldest)).announced).toBe(0);
      expect((await outcomeOf(sweepOnce)).announced).toBe(1);
    });

    it("finds all orders if all jobs are lost", async () => {
      await queues["process-order"].bull.obliterate({ force: true });
      expect((await outcomeOf(sweepOldest)).announced).toBe(waiting);
      expect((await outcomeOf(sweepOldest)).announced).toBe(0);
    });

    it.each(backend.name === "Redis" ? ["Redis"] : [])(
      "finds all orders if %s has lost the lists of jobs",
      async () => {
        const redis = new Redis(inject("redisUrl") ?? "");
        await redis.del(queues["process-order"].bull.toKey("wait"));
        redis.disconnect();
        expect((await outcomeOf(sweepOldest)).announced).toBe(waiting);
        expect((await outcomeOf(sweepOldest)).announced).toBe(0);
      },
    );
  },
);
