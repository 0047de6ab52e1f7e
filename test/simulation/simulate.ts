// Runs one seed: draws its plan, runs it to its end, and says what is not as it must be.

import { findFaults, isSettled } from "./checks.ts";
import { startClients } from "./clients.ts";
import { startInstallation, type Running } from "./installation.ts";
import { areIdle } from "./model-queue.ts";
import type { Mutation } from "./mutations.ts";
import { drawPlan, type Plan } from "./plan.ts";
import { createRandom } from "./random.ts";
import { createScheduler, type Scheduler } from "./scheduler.ts";
import { inVirtualTime } from "./virtual-time.ts";

/** What came of a seed. */
export type Outcome = {
  readonly seed: number;
  /** A sentence for each fault; none if all is well. */
  readonly faults: readonly string[];
  readonly steps: number;
  /** How long it took from the end of the last fault to the end of the last order, in milliseconds of virtual time. */
  readonly recoveryMs: number;
  readonly fingerprint: string;
  readonly plan: Plan;
  /** Every step in words, if that was wanted. */
  readonly trace: readonly string[];
};

/**
 * By when all is done after the last fault and the last answer, in milliseconds. The longest way: a job stalls (5 s and
 * 2 s), is lost, and a thorough sweep finds its row when it is old enough (30 s and 10 s); then that job stalls too.
 */
const recoveryMsMax = 80_000;

/** By when a run must be over, and how long a process takes to stop, in milliseconds. */
const limits = { run: 600_000, stop: 30_000 };

/** Runs a seed. */
export function simulate(
  seed: number,
  {
    mutation = null,
    keepsTrace = false,
  }: { readonly mutation?: Mutation | null; readonly keepsTrace?: boolean } = {},
): Promise<Outcome> {
  const random = createRandom(seed);
  const scheduler = createScheduler(random, keepsTrace);
  return inVirtualTime(scheduler, seed, async () => {
    const plan = drawPlan(random);
    const running = startInstallation(scheduler, plan, mutation);
    const clients = startClients(scheduler, plan, running);
    const { database, store, heard } = running;
    const openOrders = (): string[] =>
      [...database.tables.orders.all()].flatMap(({ committed: order }) =>
        order !== undefined && !isSettled(order)
          ? [`${order.reference} is still ${order.status}`]
          : [],
      );
    const isDone = (): boolean =>
      scheduler.now() >= running.healedAt() &&
      clients.areDone() &&
      clients.unanswered.size === 0 &&
      openOrders().length === 0 &&
      areIdle(store.queues);
    const end = await scheduler.run(isDone, limits.run);
    const recoveryMs = scheduler.now() - Math.max(running.healedAt(), clients.lastAnswerAt());
    const faults = findFaults(plan, database, clients.journal);
    if (end !== "done") {
      faults.push(
        `the run is ${end}`,
        ...openOrders(),
        ...[...clients.unanswered].map((call) => `no answer: ${call}`),
      );
    } else {
      if (recoveryMs > recoveryMsMax) faults.push(`it took ${recoveryMs} ms until all was done`);
      if (plan.faults.length === 0) {
        if (heard.swept > 0)
          faults.push(`without any fault, ${heard.swept} rows had lost their job`);
        if (heard.alreadyEnded > 0 && isEachDecided(plan)) {
          faults.push(`without any fault, ${heard.alreadyEnded} orders were worked on twice`);
        }
      }
      faults.push(...(await stopAll(scheduler, running)));
    }
    const { fingerprint, steps, trace } = scheduler;
    return { seed, faults, steps: steps(), recoveryMs, fingerprint: fingerprint(), plan, trace };
  });
}

/** Whether nothing but a decision can end an order of a plan, and nobody asks for one a second time. */
function isEachDecided({ orders }: Plan): boolean {
  return orders.every(
    ({ copies, payWithinMs, next }) =>
      copies === 1 && payWithinMs === null && next.every(({ act }) => act !== "cancel"),
  );
}

/** Tells every process to stop. Returns a sentence for each that does not. */
async function stopAll(scheduler: Scheduler, running: Running): Promise<string[]> {
  const stopping = new Set<string>();
  for (const { owner, stop } of running.processes()) {
    stopping.add(owner.name);
    scheduler.within(owner, () => {
      void stop().then(
        () => stopping.delete(owner.name),
        () => stopping.delete(owner.name),
      );
    });
  }
  await scheduler.run(() => stopping.size === 0, scheduler.now() + limits.stop);
  return [...stopping].map((name) => `${name} does not stop when told`);
}
