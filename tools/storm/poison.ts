// Puts jobs into the queues that no worker can do.

import { setTimeout as sleep } from "node:timers/promises";
import { createPostgresBackend, isPgPool, Queue } from "bullmq";
import { Cluster } from "ioredis";
import { createQueuePool } from "../../src/db/sql/pool.ts";
import type { Installation } from "./installation.ts";

const putMsMax = 5_000;
const unknownId = "00000000-0000-8000-8000-000000000000";

/** Each as it could come from a hand in the queue, or from a process of another version. */
const poisons: readonly { readonly queue: string; readonly name: string; readonly data: object }[] =
  [
    { queue: "orders", name: "process-order", data: {} },
    { queue: "orders", name: "process-order", data: { v: 99, orders: [] } },
    { queue: "orders", name: "process-order", data: { v: 2, orders: {} } },
    {
      queue: "orders",
      name: "process-order",
      data: { v: 2, orders: [{ order: unknownId, reference: "poison", lines: 1 }] },
    },
    {
      queue: "low-stock",
      name: "check-low-stock",
      data: { v: 1, alert: unknownId, sku: "NONE", notice: "low" },
    },
    { queue: "mail", name: "send-mail", data: { v: 1, mail: unknownId, to: "x", about: "y" } },
    { queue: "mail", name: "send-mail", data: { v: 1, mail: "no id" } },
  ];

/** Puts one job into its queue. Rejects if the store is away. */
export async function putPoison(installation: Installation, roll: number): Promise<void> {
  const poison = poisons[roll % poisons.length];
  if (poison === undefined) return;
  const { lab, cluster } = installation;
  if (cluster !== null) {
    const [host = "", port] = (cluster.nodes.split(",")[0] ?? "").split(":");
    const connection = new Cluster([{ host, port: Number(port) }]);
    connection.on("error", () => undefined);
    try {
      await addJob(new Queue(poison.queue, { connection, prefix: "{tallyman}" }), poison);
    } finally {
      connection.disconnect();
    }
  } else if (lab.redis !== null) {
    const connection = lab.redis.client();
    await addJob(new Queue(poison.queue, { connection, prefix: "tallyman" }), poison);
  } else {
    const pool: unknown = createQueuePool(lab.postgres.url(), {
      schema: "bullmq",
      max: 1,
      onError: () => undefined,
    });
    if (!isPgPool(pool)) throw new Error("Expected a pool that BullMQ can use.");
    try {
      await addJob(new Queue(poison.queue, { connection: pool }, createPostgresBackend), poison);
    } finally {
      void pool.end().catch(() => undefined);
    }
  }
}

/** A client waits for its store for ever. The poison of a storm does not. */
async function tooLate(): Promise<never> {
  await sleep(putMsMax, undefined, { ref: false });
  throw new Error(`Expected the queue to take a job within ${putMsMax} ms.`);
}

/** The part of a queue that takes a job. */
type TakesJobs = {
  add(name: string, data: object): Promise<unknown>;
  close(): Promise<void>;
  on(event: "error", listener: () => void): unknown;
};

async function addJob(queue: TakesJobs, { name, data }: (typeof poisons)[number]): Promise<void> {
  queue.on("error", () => undefined);
  try {
    await Promise.race([queue.add(name, data), tooLate()]);
  } finally {
    // It may wait for a store that is away.
    void queue.close().catch(() => undefined);
  }
}
