// How long orders wait after a fault, with the settings that an installation has by default. The limits are generous,
// because the machine may be busy: on a quiet one each recovery takes less than half of its limit.

import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Redis } from "ioredis";
import { Client } from "pg";
import { describe, expect, it, vi } from "vitest";
import { expectBalancedBooks } from "../support/audit.ts";
import { queueBackends } from "../support/backends.ts";
import { dist, tunedNode } from "../support/built.ts";
import { startTestService, type TestService } from "../support/service.ts";
import { startTcpProxy } from "../../tools/lab/tcp-proxy.ts";

/** All orders are decided this long after the fault, in milliseconds. */
const recovered = { timeout: 30_000, interval: 100 };
/** A dead connection is noticed first, and then replaced. */
const noticed = { ...recovered, timeout: 45_000 };
/** What has to happen before the fault can be made. */
const patience = { timeout: 60_000, interval: 100 };
const program = fileURLToPath(new URL("main.js", dist));

/** An API without a worker, and what its tests do with it. */
type Shop = {
  readonly service: TestService;
  /** Starts a worker as production does. Its stores may be reached at other addresses. */
  startWorker(addresses?: Readonly<Record<string, string>>): Promise<ChildProcess>;
  placeOrders(count: number): Promise<void>;
  /** Rejects unless all orders are decided. */
  expectAllDecided(): Promise<void>;
};

describe.each(queueBackends)(
  "recovery by default, with the queue on $name",
  { timeout: 180_000 },
  (backend) => {
    const withShop = async (work: (shop: Shop) => Promise<void>): Promise<void> => {
      const service = await startTestService({ backend, roles: ["api"] });
      const children: ChildProcess[] = [];
      try {
        await service.send("PUT", "/products/MUG", { name: "Mug", unitsInStock: 10_000 });
        await work({
          service,
          async startWorker(addresses = {}) {
            const child = spawn(tunedNode, [program, "worker"], {
              env: { ...process.env, ...service.environment, PORT: "0", ...addresses },
              stdio: ["ignore", "ignore", "pipe"],
            });
            children.push(child);
            let said = "";
            child.stderr.on("data", (chunk) => {
              said += String(chunk);
            });
            await vi.waitFor(() => expect(said).toContain("Tallyman runs"), patience);
            return child;
          },
          async placeOrders(count) {
            for (let placed = 0; placed < count; placed += 1) {
              const body = { reference: randomUUID(), lines: [{ sku: "MUG", quantity: 1 }] };
              expect((await service.send("POST", "/orders", body)).status).toBe(202);
            }
          },
          async expectAllDecided() {
            expect(await service.sql(`select id from "order" where status = 'pending'`)).toEqual(
              [],
            );
          },
        });
        await expectBalancedBooks(service.databaseUrl);
      } finally {
        for (const child of children) child.kill("SIGKILL");
        await service.stop();
      }
    };

    it.concurrent("orders whose worker is killed, and the next one too, are decided", () =>
      withShop(async ({ service, startWorker, placeOrders, expectAllDecided }) => {
        const { bull } = service.queues["process-order"];
        /**
         * Waits until workers hold a job, and have begun one of each order as often as this. It may wait for its next
         * attempt. An order that waits for long has a second job, of the sweeper.
         */
        const begun = (times: number) =>
          vi.waitFor(async () => {
            expect(await bull.getActiveCount()).toBeGreaterThan(0);
            const jobs = await bull.getJobs(["active", "wait", "prioritized", "delayed"]);
            const often = jobs.filter(({ attemptsStarted }) => attemptsStarted >= times);
            expect(new Set(often.flatMap(({ data }) => referencesIn(data))).size).toBe(20);
          }, patience);
        // As long as somebody holds the level, jobs begin and no order is decided.
        const holder = new Client({ connectionString: service.databaseUrl });
        await holder.connect();
        try {
          await holder.query("begin; select from stock_level for update");
          await placeOrders(20);
          const first = await startWorker();
          await begun(1);
          const second = await startWorker();
          await kill(first);
          await begun(2);
          await startWorker();
          await kill(second);
        } finally {
          await holder.end();
        }
        await vi.waitFor(expectAllDecided, recovered);
      }));

    // PostgreSQL's queue is in the same database as the orders, so it is not lost alone.
    it.concurrent.each(backend.name === "Redis" ? ["Redis"] : [])(
      "orders are decided although %s lost all it had",
      () =>
        withShop(async ({ service, startWorker, placeOrders, expectAllDecided }) => {
          const { bull } = service.queues["process-order"];
          await startWorker();
          await bull.pause();
          await placeOrders(20);
          await vi.waitFor(async () => {
            expect(await bull.count()).toBe(20);
          }, patience);
          await emptyQueueStore(service);
          await bull.resume();
          await vi.waitFor(expectAllDecided, recovered);
        }),
    );

    const stores = backend.name === "Redis" ? ["PostgreSQL", "Redis"] : ["PostgreSQL"];
    for (const store of stores) {
      it.concurrent(`orders are decided although all connections of the worker to ${store} died without a word`, () =>
        withShop(async ({ service, startWorker, placeOrders, expectAllDecided }) => {
          const variable = store === "Redis" ? "REDIS_URL" : "DATABASE_URL";
          const proxy = await startTcpProxy(service.environment[variable] ?? "");
          try {
            await startWorker({ [variable]: proxy.url });
            await placeOrders(1);
            await vi.waitFor(expectAllDecided, patience);
            proxy.silenceOld();
            await placeOrders(20);
            await expect(vi.waitFor(expectAllDecided, noticed)).resolves.toBeUndefined();
          } finally {
            proxy.close();
          }
        }));
    }
  },
);

const referencesIn = (data: unknown): readonly string[] =>
  JSON.stringify(data).match(/"reference":"[^"]+"/g) ?? [];

async function kill(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "exit");
}

/** Leaves of the queues what a flushed Redis does: nothing. */
async function emptyQueueStore(service: TestService): Promise<void> {
  const { REDIS_URL: redisUrl, QUEUE_PREFIX: prefix } = service.environment;
  const redis = new Redis(redisUrl ?? "");
  try {
    const keys = await redis.keys(`${prefix}:*`);
    expect(keys).not.toEqual([]);
    await redis.unlink(keys);
  } finally {
    redis.disconnect();
  }
}
