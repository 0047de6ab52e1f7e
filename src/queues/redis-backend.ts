// The queue store on Redis or a Redis Cluster.

import { Queue, Worker } from "bullmq";
import { Cluster, Redis } from "ioredis";
import { jobLock, type QueueBackend } from "./backend.ts";
import { coalesceWrites } from "../runtime/coalesce-writes.ts";
import { createJobQueue } from "./job-queue.ts";
import { type JobName, queuePolicies } from "./jobs.ts";
import type { RedisAddress } from "./redis-address.ts";
import { takeAlongOnRedis } from "./redis-take-along.ts";

/** How the backend is set up. */
export type RedisBackendOptions = {
  readonly address: RedisAddress;
  /** Keeps this installation's keys apart from others in the same Redis. */
  readonly prefix: string;
  readonly onError: (error: Error) => void;
};

/** Only as many events are kept as Bull Board and a curious person look at; nothing else reads them. */
const eventsKept = 100;

const reconnectDelayMs = (attempt: number) => Math.min(100 * 2 ** Math.min(attempt, 6), 3_000);

/**
 * How long Redis may say nothing while it is asked something, in milliseconds; then the connection is given up, and
 * another one made. A worker's last question waits for a job for up to 10 seconds.
 */
const silentMaxMs = { producer: 5_000, worker: 15_000 };

/** Whether a server has become a replica: its address may lead to its successor by now, this connection never will. */
const isDemoted = ({ message }: Error): boolean => /READONLY|MASTERDOWN/.test(message);

/** Creates the backend. It connects in the background and reconnects for ever. */
export function createRedisBackend(options: RedisBackendOptions): QueueBackend {
  const { address, onError } = options;
  // In a cluster all keys of a queue must lie in one slot: the braces are Redis's way to say so.
  const prefix = "nodes" in address ? `{${options.prefix}}` : options.prefix;
  const producer = connect(address, "producer");
  producer.on("error", onError);
  const workerConnections = new Set<Redis | Cluster>();

  const bullOf = (job: JobName) => {
    const bull = new Queue<unknown, unknown, string>(queuePolicies[job].queue, {
      connection: producer,
      prefix,
      streams: { events: { maxLen: eventsKept } },
    });
    bull.on("error", onError);
    return bull;
  };
  const orders = bullOf("process-order");
  const queues = {
    "process-order": createJobQueue("process-order", orders),
    "check-low-stock": createJobQueue("check-low-stock", bullOf("check-low-stock")),
    "send-mail": createJobQueue("send-mail", bullOf("send-mail")),
  };

  return {
    kind: "nodes" in address ? "Redis Cluster" : "Redis",
    queues,
    takeAlong: takeAlongOnRedis(producer, (part) => orders.toKey(part)),
    createWorker(job, process, settings) {
      const connection = connect(address, "worker");
      connection.on("error", settings.onError);
      workerConnections.add(connection);
      const worker = new Worker<unknown, unknown, string>(queuePolicies[job].queue, process, {
        connection,
        prefix,
        concurrency: settings.concurrency,
        runRetryDelay: 1_000,
        ...jobLock,
      });
      worker.on("error", settings.onError);
      worker.on("closed", () => connection.disconnect());
      return worker;
    },
    async close() {
      await Promise.allSettled(Object.values(queues).map((queue) => queue.bull.close()));
      for (const connection of [producer, ...workerConnections]) connection.disconnect();
    },
  };
}

/**
 * A producer fails at once while Redis is away, so that a request is answered in time. A worker waits
 * for it to come back, as BullMQ requires.
 */
function connect(address: RedisAddress, role: "producer" | "worker"): Redis | Cluster {
  const isProducer = role === "producer";
  const shared = {
    maxRetriesPerRequest: null,
    enableOfflineQueue: !isProducer,
    connectTimeout: 5_000,
    keepAlive: 10_000,
    socketTimeout: isProducer ? silentMaxMs.producer : silentMaxMs.worker,
  };
  if ("url" in address) {
    const connection = new Redis(address.url, {
      ...shared,
      retryStrategy: reconnectDelayMs,
      reconnectOnError: isDemoted,
    });
    connection.on("connect", () => coalesceWrites(connection.stream));
    return connection;
  }
  return new Cluster([...address.nodes], {
    clusterRetryStrategy: reconnectDelayMs,
    enableOfflineQueue: !isProducer,
    redisOptions: {
      ...shared,
      ...(address.username === undefined ? {} : { username: address.username }),
      ...(address.password === undefined ? {} : { password: address.password }),
      ...(address.tls === true ? { tls: {} } : {}),
    },
    // A certificate is for a name. Looked up beforehand, only the number would be there to compare it with.
    ...(address.tls === true ? { dnsLookup: keepName } : {}),
  });
}

function keepName(name: string, callback: (error: null, address: string) => void): void {
  callback(null, name);
}
