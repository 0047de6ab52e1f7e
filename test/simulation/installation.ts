// A simulated installation: its stores, its processes, and what breaks them.

import { createModelDatabase } from "./model-database.ts";
import { createModelQueues, type ModelQueue } from "./model-queue.ts";
import type { Mutation } from "./mutations.ts";
import type { Fault, Plan } from "./plan.ts";
import {
  type ApiProcess,
  type Installation,
  type Process,
  startApi,
  startWorkerProcess,
} from "./processes.ts";
import type { QueueStore } from "./queue-client.ts";
import type { Lane, Owner, Scheduler } from "./scheduler.ts";

/** An API process with the lane of the requests that come to it, and a promise of its death. */
export type RunningApi = ApiProcess & { readonly requests: Lane; readonly died: Promise<void> };

/** A running installation. */
export type Running = ReturnType<typeof startInstallation>;

/** How often the sweeper looks, and how old rows must be, in milliseconds: the program's defaults. */
const sweep = { intervalMs: 2_500, afterMs: 5_000 };

/** Starts all processes of a plan, and schedules its faults. */
export function startInstallation(scheduler: Scheduler, plan: Plan, mutation: Mutation | null) {
  const { random } = scheduler;
  const apis: RunningApi[] = [];
  const workers: Process[] = [];
  const deaths = new Map<Owner, () => void>();
  const store: QueueStore = { queues: createModelQueues(scheduler), isAway: false };
  const database = createModelDatabase(scheduler, mutation, (payload) => {
    for (const { owner, requests, waiters } of apis) {
      requests.tasks.push({
        what: "hears which orders are decided",
        run: () => waiters.wake(payload),
      });
      scheduler.note(`${owner.name} is notified`);
    }
  });
  const installation: Installation = {
    scheduler,
    database,
    store,
    mutation,
    settings: { batching: plan.batching, jobsMax: plan.jobsMax, sweep },
    heard: { swept: 0, alreadyEnded: 0 },
  };
  let started = 0;
  let healedAt = 0;
  let faultsLeft = plan.faults.length;

  const newOwner = (role: string): Owner => {
    started += 1;
    return { name: `${role} ${started}`, isDead: false, frozenUntil: 0 };
  };

  const addApi = (): void => {
    const owner = newOwner("api");
    const { promise: died, resolve } = Promise.withResolvers<void>();
    deaths.set(owner, resolve);
    apis.push({ ...startApi(installation, owner), requests: scheduler.lane(owner), died });
  };

  const addWorker = (): void => {
    workers.push(startWorkerProcess(installation, newOwner("worker")));
  };

  /** Kills a process. Another one takes its place after a while. */
  const kill = ({ owner }: Process): void => {
    scheduler.note(`${owner.name} is killed`);
    owner.isDead = true;
    for (const session of database.sessions) {
      if (session.owner === owner) database.leave(session, random.chance(0.5));
    }
    const restartMs = random.pick([10, 1_000, 8_000]);
    healedAt = Math.max(healedAt, scheduler.now() + restartMs);
    scheduler.addTimer(null, restartMs, deaths.has(owner) ? addApi : addWorker);
    removeDead(apis);
    removeDead(workers);
    const hear = deaths.get(owner);
    if (hear !== undefined)
      network.tasks.push({ what: `the clients of ${owner.name} lose their connection`, run: hear });
  };
  const network = scheduler.lane(null);

  const freeze = ({ owner }: Process): void => {
    const ms = random.pick([500, 12_000, 40_000]);
    scheduler.note(`${owner.name} is frozen for ${ms} ms`);
    owner.frozenUntil = scheduler.now() + ms;
    healedAt = Math.max(healedAt, owner.frozenUntil);
    scheduler.addTimer(null, ms, () => undefined);
  };

  const takeQueueAway = (): void => {
    const ms = random.pick([200, 5_000, 20_000]);
    scheduler.note(`the queue store is away for ${ms} ms`);
    store.isAway = true;
    healedAt = Math.max(healedAt, scheduler.now() + ms);
    scheduler.addTimer(null, ms, () => {
      store.isAway = false;
      for (const queue of queues()) queue.offer();
    });
  };

  const queues = (): readonly ModelQueue[] => Object.values(store.queues);

  const breakIt = ({ kind }: Fault): void => {
    faultsLeft -= 1;
    healedAt = Math.max(healedAt, scheduler.now());
    scheduler.note(`fault: ${kind}`);
    const processes = [...apis, ...workers];
    const sessions = [...database.sessions];
    switch (kind) {
      case "kill":
        if (processes.length > 0) kill(random.pick(processes));
        return;
      case "freeze":
        if (processes.length > 0) freeze(random.pick(processes));
        return;
      case "cut a connection":
        if (sessions.length > 0) database.cut(random.pick(sessions), "the network");
        return;
      case "restart the database":
        for (const session of sessions) database.cut(session, "PostgreSQL restarts");
        return;
      case "take the queue away":
        takeQueueAway();
        return;
      case "flush the queue":
        for (const queue of queues()) queue.flush();
        return;
      case "lose the lists of the queue":
        for (const queue of queues()) queue.loseLists();
        return;
      case "lose the locks of jobs":
        for (const queue of queues()) queue.loseLocks();
        return;
      case "repeat a job":
        random.pick(queues()).repeat();
    }
  };

  database.tables.settings.takesStockWhenPaid = plan.takesStockWhenPaid;
  for (const { id, units, allowNegativeStock } of plan.levels) {
    database.tables.levels.at(`level ${id}`).committed = {
      id,
      sku: `ITEM-${id}`,
      units,
      allowNegativeStock,
      alertState: units <= 0 ? "out" : null,
    };
  }
  for (let count = 0; count < plan.apis; count += 1) addApi();
  for (let count = 0; count < plan.workers; count += 1) addWorker();
  for (const fault of plan.faults) {
    if (fault.afterSteps === null) scheduler.addTimer(null, fault.afterMs, () => breakIt(fault));
    else scheduler.atStep(fault.afterSteps, () => breakIt(fault));
  }

  return {
    ...installation,
    apis,
    processes: (): readonly Process[] => [...apis, ...workers],
    /** When the effect of the last fault was over, as far as that is known. */
    healedAt: () => healedAt,
    /** Whether all faults have happened. A run that ends before does without the others. */
    areFaultsOver: () => faultsLeft === 0,
  };
}

function removeDead(processes: Process[]): void {
  const alive = processes.filter(({ owner }) => !owner.isDead);
  processes.splice(0, processes.length, ...alive);
}
