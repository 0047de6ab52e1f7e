// What the whole system sustains: orders from POST to confirmed, with everything on this machine. The load pauses while
// many orders wait, so that its rate becomes the one at which the backlog does not grow.

import { setTimeout as sleep } from "node:timers/promises";
import { reportDecisionBatches, reportIntakeBatches } from "../support/batch-sizes.ts";
import { untilEmpty } from "../support/drain.ts";
import { type Figure, type Measurement, ratioOf } from "../support/figure.ts";
import { deliversHere, startFollower } from "../support/follower.ts";
import type { Laboratory } from "../support/laboratory.ts";
import { type Load, orderLoad, startApi, startLoad } from "../support/load.ts";
import { measureUse } from "../support/processor-time.ts";
import { type Store, withStore } from "../support/store.ts";
import { drainUniform } from "./drain.ts";
import { intakeRate } from "./intake.ts";

/** The load pauses while so many orders wait. */
const backlogMax = 2_000;
const lookEveryMs = 50;

/** Orders per second from POST to confirmed. */
export const throughRate: Measurement = {
  name: "through",
  unit: "orders/s",
  needs: ["redis-server"],
  take: (lab) => withStore(lab, "Redis", (store) => sustain(lab, store)),
};

/** Sends orders at the rate that is sustained, and resolves with it. */
async function sustain(
  lab: Laboratory,
  store: Store,
  settings: Readonly<Record<string, string>> = {},
): Promise<number> {
  const [api, worker] = await Promise.all([
    startApi(store),
    store.startService("worker", settings),
  ]);
  const { warmupMs, measureMs } = lab.amounts.through;
  const use = await measureUse(lab, { API: api.pid, worker: worker.pid });
  const load = startLoad(store, { ...orderLoad(lab, api.url), warmupMs, measureMs });
  const [{ answered }, from, to] = await Promise.all([
    load.result,
    sleep(warmupMs).then(() => countDecided(store)),
    sleep(warmupMs + measureMs).then(() => countDecided(store)),
    regulate(store, load),
  ]);
  await untilEmpty(store.backend.queues["process-order"]);
  await use.report(answered);
  await reportIntakeBatches(lab, store.pool);
  await reportDecisionBatches(lab, store.pool, new Date(0));
  await store.books.check({ orders: answered });
  return (to.orders - from.orders) / (to.seconds - from.seconds);
}

const followedRate: Measurement = {
  name: "through, followed by a webhook",
  unit: "orders/s",
  needs: ["redis-server"],
  take: (lab) =>
    withStore(lab, "Redis", async (store) => {
      const caughtUp = await startFollower(store);
      const rate = await sustain(lab, store, deliversHere);
      const { p50, max, caughtUpSeconds } = await caughtUp();
      lab.report(
        `  the webhook was ${p50.toFixed(1)} s behind in half of the looks and ${max.toFixed(1)} s at most; it had all events ${caughtUpSeconds.toFixed(0)} s after the load`,
      );
      return rate;
    }),
};

/** Pauses the load while too many orders wait. Resolves when the load has ended. */
async function regulate({ pool }: Store, load: Load): Promise<void> {
  let lasts = true;
  const end = (): void => {
    lasts = false;
  };
  load.result.then(end, end);
  let paused = false;
  while (lasts) {
    const { rows } = await pool.query<{ waiting: number }>(
      `select count(*) as waiting from (
         select from "order" where status = 'pending' limit ${backlogMax}) w`,
    );
    const pause = rows[0]?.waiting === backlogMax;
    if (pause !== paused) load.pause(pause);
    paused = pause;
    await sleep(lookEveryMs);
  }
}

async function countDecided({ pool }: Store): Promise<{ orders: number; seconds: number }> {
  const { rows } = await pool.query<{ orders: number; seconds: number }>(
    `select count(*) as orders, extract(epoch from clock_timestamp())::double precision as seconds
     from event where type = 'order.confirmed'`,
  );
  return rows[0] ?? { orders: 0, seconds: 0 };
}

export const throughFigure: Figure = {
  id: "through",
  title: "through",
  measured: "POST to confirmed, sustained for 30 s, everything on this machine (--quick: 2 s)",
  yardstick: "the slower of intake and drain",
  unit: "orders/s",
  measurements: [intakeRate, drainUniform, throughRate],
  compare: (valueOf) => ({
    measured: valueOf(throughRate),
    yardstick: Math.min(valueOf(intakeRate), valueOf(drainUniform)),
  }),
  goal: { atLeast: 0.6 },
};

export const followedFigure: Figure = {
  id: "followed",
  title: "followed",
  measured: "through, while a webhook on this machine gets every event",
  yardstick: "through without webhooks",
  unit: "orders/s",
  ...ratioOf(followedRate, throughRate),
  goal: { atLeast: 0.85 },
};
