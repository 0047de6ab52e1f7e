// The simulated processes: the program's own intake, payment, adjustment and cancellation, and its own workers, batchers
// and sweeper. They are wired as `src/process` wires them, on pools and queues of the model.

import type { Pool } from "pg";
import pino from "pino";
import {
  createDecisionWaiters,
  type DecisionWaiters,
} from "../../src/api/orders/decision-waiters.ts";
import { createIntake, type Intake } from "../../src/api/orders/intake.ts";
import { createOrderIds } from "../../src/api/orders/order-ids.ts";
import type { Batcher } from "../../src/flow/batcher.ts";
import { announceAlerts } from "../../src/queues/announce-alerts.ts";
import type { JobName } from "../../src/queues/jobs/all-jobs.ts";
import type { JobQueue, JobQueues } from "../../src/queues/backend.ts";
import { createExpiryBatcher, createExpiryProcessor } from "../../src/workers/expire-order.ts";
import {
  createOrderBatcher,
  createOrderProcessor,
  type OrderBatching,
} from "../../src/workers/process-order.ts";
import { startSweeper, type SweepCounts } from "../../src/workers/sweeper/sweeper.ts";
import { createModelPool } from "./model-connection.ts";
import type { ModelDatabase } from "./model-database.ts";
import type { Mutation } from "./mutations.ts";
import { createQueueClient, type QueueClient, type QueueStore } from "./queue-client.ts";
import type { Owner, Scheduler } from "./scheduler.ts";

/** What all processes of a run share. */
export type Installation = {
  readonly scheduler: Scheduler;
  readonly database: ModelDatabase;
  readonly store: QueueStore;
  readonly mutation: Mutation | null;
  readonly settings: {
    readonly batching: Pick<OrderBatching, "ordersMax" | "linesMax" | "lingerMs">;
    readonly jobsMax: number;
    readonly sweep: { readonly intervalMs: number; readonly afterMs: number };
  };
  /** What the processes said of their work. */
  readonly heard: { swept: number; alreadyEnded: number };
};

/** A process that stops when told. */
export type Process = {
  readonly owner: Owner;
  /** Resolves when all that it has begun is done. */
  readonly stop: () => Promise<void>;
};

/** A process that serves the API. */
export type ApiProcess = Process & {
  readonly pool: Pool;
  readonly client: QueueClient;
  readonly intake: Intake;
  readonly waiters: DecisionWaiters;
  readonly nextId: () => string;
};

const log = pino({ level: "silent" });

/** Starts a process that serves the API. */
export function startApi(installation: Installation, owner: Owner): ApiProcess {
  const { scheduler, database, store, mutation } = installation;
  return scheduler.within(owner, () => {
    const pool = createModelPool(scheduler, database, owner, 3);
    const client = createQueueClient(scheduler, store, owner, mutation);
    const intake = createIntake(pool, client.queues, log);
    const waiters = createDecisionWaiters();
    return {
      owner,
      pool,
      client,
      intake,
      waiters,
      nextId: createOrderIds(),
      async stop() {
        waiters.endWaits();
        await intake.close();
        await pool.end();
      },
    };
  });
}

/** Starts a process that works on jobs and sweeps. */
export function startWorkerProcess(installation: Installation, owner: Owner): Process {
  const { scheduler, database, store, mutation, settings, heard } = installation;
  return scheduler.within(owner, () => {
    const pool = createModelPool(scheduler, database, owner, 5);
    const client = createQueueClient(scheduler, store, owner, mutation);
    const { jobsMax } = settings;
    const announce = (alerts: Parameters<typeof announceAlerts>[1]): void =>
      void announceAlerts(client, alerts, log);
    const batching = { ...settings.batching, waitingMax: jobsMax * 50 };
    const batcher = createOrderBatcher(pool, batching, announce, log);
    const expiries = createExpiryBatcher(pool, announce);
    const decide = createOrderProcessor(
      answering(batcher, mutation),
      pool,
      client.absorbJobs,
      jobsMax,
    );
    client.startWorker(
      "process-order",
      async (job, token) => {
        const result: unknown = await decide(job, token);
        heard.alreadyEnded += alreadyEndedOf(result);
      },
      jobsMax,
    );
    client.startWorker("expire-order", createExpiryProcessor(pool, expiries), 3);
    client.startWorker("check-low-stock", () => Promise.resolve(), 1);

    const onFound = (counts: SweepCounts): void => {
      for (const count of Object.values(counts)) heard.swept += count;
    };
    const backend = {
      ...client,
      queues: sweptQueues(client.queues, mutation),
      createWorker: refuse,
    };
    const sweeper = startSweeper(pool, backend, settings.sweep, onFound, log);
    return {
      owner,
      async stop() {
        client.stopWorkers();
        await sweeper.close();
        await Promise.all([batcher.close(), expiries.close()]);
        await pool.end();
      },
    };
  });
}

function alreadyEndedOf(result: unknown): number {
  if (typeof result !== "object" || result === null || !("alreadyEnded" in result)) return 0;
  return Number(result.alreadyEnded);
}

function refuse(): never {
  throw new Error("The sweeper starts no worker.");
}

/** The batcher; with a mutation one that forgets whom it has to tell of a failure. */
function answering<Item, Result>(
  batcher: Batcher<Item, Result>,
  mutation: Mutation | null,
): Batcher<Item, Result> {
  if (mutation !== "failed orders get no answer") return batcher;
  const never = new Promise<never>(() => undefined);
  return { ...batcher, add: (item) => batcher.add(item).catch(() => never) };
}

/** The queues as the sweeper uses them; with a mutation it announces wrongly. */
function sweptQueues(queues: JobQueues, mutation: Mutation | null): JobQueues {
  if (mutation === "sweeper announces nothing") {
    return withAnnounce(queues, () => Promise.resolve());
  }
  if (mutation !== "sweeper announces under the same id") return queues;
  const orders = queues["process-order"];
  return {
    ...queues,
    "process-order": {
      ...orders,
      forget: () => Promise.resolve(),
      announce: (announcements) =>
        orders.announce(
          announcements.map((one) => ({ ...one, id: one.data.orders[0]?.order ?? one.id })),
        ),
    },
  };
}

function withAnnounce(queues: JobQueues, announce: () => Promise<void>): JobQueues {
  const silent = <Name extends JobName>(queue: JobQueue<Name>): JobQueue<Name> => ({
    ...queue,
    announce,
  });
  return {
    "process-order": silent(queues["process-order"]),
    "check-low-stock": silent(queues["check-low-stock"]),
    "send-mail": silent(queues["send-mail"]),
    "expire-order": silent(queues["expire-order"]),
    "deliver-webhook": silent(queues["deliver-webhook"]),
  };
}
