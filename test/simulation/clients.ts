// The clients of a run: each sends its order until it has an answer, as a checkout does, and then pays it or cancels it.

import { cancelOrRefund } from "../../src/db/orders/cancel-or-refund.ts";
import type { NewOrder } from "../../src/db/orders/insert-orders.ts";
import { payOrder } from "../../src/db/orders/pay-order.ts";
import { Refused } from "../../src/db/refused.ts";
import { adjustUnits } from "../../src/db/stock/adjust-units.ts";
import { announceOrLeaveToSweeper } from "../../src/queues/announce-or-leave-to-sweeper.ts";
import { newJobId, ordersJob } from "../../src/queues/jobs/process-order.ts";
import type { Journal } from "./checks.ts";
import type { Running, RunningApi } from "./installation.ts";
import type { Adjustment, Order, Plan } from "./plan.ts";
import { type Scheduler, startOfTime } from "./scheduler.ts";

/** The clients of a run. */
export type Clients = {
  readonly journal: Journal;
  /** The calls that have no answer yet, in words. */
  readonly unanswered: ReadonlySet<string>;
  /** Whether no client wants anything any more. */
  areDone(): boolean;
  /** When the last answer came, in milliseconds. */
  lastAnswerAt(): number;
};

/** How long a client pauses before it tries again, in milliseconds. */
const pausesMs = [20, 400, 3_000];

/** How long a request waits for its decision, in milliseconds. */
const waitMs = 5_000;

const log = { warn: () => undefined };

/** Starts the clients of a plan. */
export function startClients(scheduler: Scheduler, plan: Plan, running: Running): Clients {
  const journal: Journal = {
    acknowledged: new Map(),
    adjusted: new Set(),
    paid: new Set(),
    untrue: [],
  };
  const unanswered = new Set<string>();
  const arrivals = scheduler.lane(null);
  let open = 0;
  let calls = 0;
  let lastAnswerAt = 0;

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => void scheduler.addTimer(null, ms, resolve));

  /** Sends one request to some process. Rejects if it fails, or if the process dies before its answer. */
  const send = <T>(what: string, act: (api: RunningApi) => Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      if (running.apis.length === 0) {
        void pause(50).then(() => reject(new Error("no process listens")));
        return;
      }
      const api = scheduler.random.pick(running.apis);
      calls += 1;
      const call = `${what} (call ${calls}, ${api.owner.name})`;
      unanswered.add(call);
      const arrive = (how: string, settle: () => void): void => {
        if (!unanswered.delete(call)) return;
        arrivals.tasks.push({
          what: `the client of ${what} ${how}`,
          run: () => {
            lastAnswerAt = scheduler.now();
            settle();
          },
        });
      };
      void api.died.then(() => arrive("loses its connection", () => reject(new Error("lost"))));
      const run = (): void =>
        void act(api).then(
          (value) => arrive("is answered", () => resolve(value)),
          (error: unknown) => arrive(`gets an error (${String(error)})`, () => reject(error)),
        );
      api.requests.tasks.push({ what: `gets the request to ${what}`, run });
    });

  /** Sends a request until it has an answer. Resolves with null if it was refused. */
  const persist = async <T>(
    what: string,
    act: (api: RunningApi) => Promise<T>,
  ): Promise<T | null> => {
    for (;;) {
      try {
        return await send(what, act);
      } catch (error) {
        if (error instanceof Refused) return null;
        await pause(scheduler.random.pick(pausesMs));
      }
    }
  };

  const place = async (order: Order, payBy: Date | null): Promise<string | null> => {
    const { reference, waits } = order;
    const outcome = await persist(`place ${reference}`, async (api) => {
      const id = api.nextId();
      const wait = waits ? api.waiters.waitFor(id) : undefined;
      try {
        const stored = await api.intake.submit(toNewOrder(order, id, payBy));
        if (wait !== undefined && stored.kind === "accepted" && stored.status === "pending") {
          await wait.wokenWithin(waitMs);
        }
        return stored;
      } finally {
        wait?.cancel();
      }
    });
    if (outcome === null || outcome.kind === "refused") return null;
    if (outcome.kind === "reference-conflict") {
      journal.untrue.push(`${reference} was refused as another sale with its reference`);
      return null;
    }
    const before = journal.acknowledged.get(reference);
    if (before !== undefined && before !== outcome.id) {
      journal.untrue.push(`${reference} was answered with two ids: ${before} and ${outcome.id}`);
    }
    journal.acknowledged.set(reference, outcome.id);
    return outcome.id;
  };

  const pay = async ({ reference }: Order, id: string, retake: boolean): Promise<void> => {
    const paid = await persist(`pay ${reference}`, async ({ pool, client }) => {
      const jobId = newJobId();
      const payment = { id, retake, awaited: false, jobId, actor: "client", note: null };
      const done = await payOrder(pool, payment);
      if (done.kind === "take") {
        const job = ordersJob(jobId, [{ id, reference, lines: done.lines }]);
        void announceOrLeaveToSweeper(client.queues["process-order"], [job], log);
      }
      return done;
    });
    if (paid !== null && paid.kind !== "expired") journal.paid.add(reference);
  };

  const cancel = async ({ reference }: Order, id: string): Promise<void> => {
    await persist(`cancel ${reference}`, ({ pool }) =>
      cancelOrRefund(
        pool,
        {
          id,
          to: "cancelled",
          lines: null,
          restock: true,
          reason: "return",
          actor: "client",
          note: null,
        },
        undefined,
      ),
    );
  };

  const act = async (order: Order): Promise<void> => {
    await pause(order.at);
    const payBy =
      order.payWithinMs === null
        ? null
        : new Date(startOfTime + scheduler.now() + order.payWithinMs);
    const copies = Array.from({ length: order.copies }, () => place(order, payBy));
    const [id] = await Promise.all(copies);
    if (id === undefined || id === null) return;
    await Promise.all(
      order.next.map(async (next) => {
        await pause(next.afterMs);
        await (next.act === "cancel" ? cancel(order, id) : pay(order, id, next.act === "retake"));
      }),
    );
  };

  const adjust = async ({ key, sku, units, at }: Adjustment): Promise<void> => {
    await pause(at);
    const claim = { claimant: "client", key, fingerprint: "00" };
    const adjustment = {
      sku,
      request: { delta: units },
      kind: "adjustment",
      actor: "client",
      note: null,
    } as const;
    const isClaimed = running.mutation !== "adjustments without a key";
    const done = await persist(`adjust ${sku} by ${units}`, ({ pool }) =>
      adjustUnits(pool, adjustment, isClaimed ? claim : undefined),
    );
    if (done !== null && done.outcome !== "key-reused") journal.adjusted.add(key);
  };

  const start = (work: Promise<void>): void => {
    open += 1;
    void work.then(() => (open -= 1));
  };
  for (const order of plan.orders) start(act(order));
  for (const adjustment of plan.adjustments) start(adjust(adjustment));
  return { journal, unanswered, areDone: () => open === 0, lastAnswerAt: () => lastAnswerAt };
}

function toNewOrder({ reference, lines, waits }: Order, id: string, payBy: Date | null): NewOrder {
  return {
    id,
    reference,
    fingerprint: "00",
    lines,
    customer: null,
    note: null,
    payBy,
    acceptedBy: "client",
    awaited: waits,
  };
}
