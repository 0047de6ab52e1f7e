// The queue store on Redis or a Redis Cluster.

import { Queue, Worker } from "bullmq";
import { Cluster, Redis } from "ioredis";
import type { JobQueues, QueueBackend } from "./backend.ts";
import { coalesceWrites } from "../runtime/coalesce-writes.ts";
import { createJobQueue } from "./job-queue.ts";
import { mapJobs, type JobName, jobs } from "./jobs/all-jobs.ts";
import { lookIntoRedis } from "./look-into-redis.ts";
import { createQueueRounds, foundByRounds } from "./queue-rounds.ts";
import type { RedisAddress } from "./redis-address.ts";
import { renewHeldLocks } from "./renew-held-locks.ts";
import { absorbJobsOnRedis } from "./redis-absorb-jobs.ts";

/** How the backend is set up. */
export type RedisBackendOptions = {
  readonly address: RedisAddress;
  /** The prefix of every key, so that several installations can share a Redis. */
  readonly prefix: string;
  /** Called with errors of the connections, which the backend survives. */
  readonly onError: (error: Error) => void;
};

/** How many events of a queue Redis keeps: Bull Board shows some, and nothing else reads them. */
const eventsKept = 100;

/** The delay before an attempt to reconnect, in milliseconds: 200, 400, 800 ... up to 3 seconds. */
const reconnectDelayMs = (attempt: number) => Math.min(100 * 2 ** Math.min(attempt, 6), 3_000);

/** How long a worker's blocking command waits for a job, in seconds. Then it asks again. */
const blockMax = 4;

/**
 * How long a command may go unanswered, in milliseconds. Then the connection is given up, and replaced by another one.
 * A worker's is longer than its blocking command.
 */
const silentMaxMs = { producer: 5_000, worker: blockMax * 1_000 + 3_000 };

/**
 * In which rounds each worker looks for stalled jobs itself. The connection that looks for all only reads. If its server
 * was demoted and follows no other one, it would see old lists for good. A search writes, so it fails there, and the
 * worker's connection is replaced.
 */
const ownSearchEvery = 5;

/**
 * A worker that also waits no longer if the next job has a time in the future: BullMQ's own would wait for 10 seconds. It
 * keeps time for locks only while it has jobs.
 */
class AskingWorker extends Worker<unknown, unknown, string> {
  override get maximumBlockTimeout(): number {
    return blockMax;
  }

  protected override createLockManager(): void {
    super.createLockManager();
    renewHeldLocks(this.lockManager);
  }
}

/** Whether the server has become a replica. A new connection to its address may reach the new primary. */
const isDemoted = ({ message }: Error): boolean => /READONLY|MASTERDOWN/.test(message);

/** Creates the backend. It connects in the background, and reconnects for as long as it takes. Never throws. */
export function createRedisBackend(options: RedisBackendOptions): QueueBackend {
  const { address, onError } = options;
  // In a cluster all keys of a queue must lie in one slot, which the braces cause.
  const prefix = "nodes" in address ? `{${options.prefix}}` : options.prefix;
  const producer = connect(address, "producer");
  producer.on("error", onError);
  const workerConnections = new Set<Redis | Cluster>();

  const bullOf = (job: JobName) => {
    const bull = new Queue<unknown, unknown, string>(jobs[job].queue, {
      connection: producer,
      prefix,
      streams: { events: { maxLen: eventsKept } },
    });
    bull.on("error", onError);
    return bull;
  };
  const bulls = mapJobs(bullOf);
  const queues: JobQueues = mapJobs((job) => createJobQueue(job, bulls[job]));
  const keys = new Map(
    Object.values(bulls).map((bull) => [
      bull.name,
      { active: bull.toKey("active"), stalled: bull.toKey("stalled") },
    ]),
  );
  const rounds = createQueueRounds(() => lookIntoRedis(producer, keys), ownSearchEvery);

  return {
    kind: "nodes" in address ? "Redis Cluster" : "Redis",
    queues,
    absorbJobs: absorbJobsOnRedis(producer, (part) => bulls["process-order"].toKey(part)),
    createWorker(job, process, settings) {
      const { queue } = jobs[job];
      const connection = connect(address, "worker");
      connection.on("error", settings.onError);
      workerConnections.add(connection);
      const worker = new AskingWorker(queue, process, {
        connection,
        prefix,
        concurrency: settings.concurrency,
        runRetryDelay: 1_000,
        drainDelay: blockMax,
        ...foundByRounds,
      });
      rounds.add({
        queue,
        isClosed: () => worker.closing !== undefined,
        findStalled: () => worker.backend.moveStalledJobsToWait(),
        onError: settings.onError,
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
 * Opens a connection. A producer's commands fail at once while Redis is away, so that a request is answered in time. A
 * worker's wait until it is back, as BullMQ requires.
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
    // A certificate is for a host name. By default the cluster's client looks the name up first, and would compare the
    // certificate with the address.
    ...(address.tls === true ? { dnsLookup: keepName } : {}),
  });
}

function keepName(name: string, callback: (error: null, address: string) => void): void {
  callback(null, name);
}
