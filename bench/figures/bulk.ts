// How fast counts and new products are written by requests of a thousand, beside hand-written statements.

import { bulkItems, counts, newProducts, writeCounts, writeProducts } from "../support/bulk.ts";
import { createRandom } from "../../tools/random.ts";
import { type Figure, type Measurement, ratioOf } from "../support/figure.ts";
import { emptyTemplateDatabase, type Laboratory } from "../support/laboratory.ts";
import { untilEmpty } from "../support/drain.ts";
import { orderLoad, startApi, startLoad } from "../support/load.ts";
import type { LoadSpec } from "../support/load-spec.ts";
import { type Store, withStore } from "../support/store.ts";
import { measureUse } from "../support/processor-time.ts";

/** Systems that send at once. */
const senders = 1;

const bulkLoad = (lab: Laboratory, url: string, kind: "counts" | "products"): LoadSpec => ({
  ...orderLoad(lab, url),
  connections: senders,
  request: { kind, items: bulkItems },
  expected: 200,
});

/** Sends requests as fast as they are answered, and resolves with the items per second. */
async function send(lab: Laboratory, store: Store, kind: "counts" | "products"): Promise<number> {
  const api = await startApi(store);
  await store.pool.query("checkpoint");
  const use = await measureUse(lab, { API: api.pid });
  const { result } = startLoad(store, bulkLoad(lab, api.url, kind));
  const { perSecond, answered, p50Ms, maxMs } = await result;
  lab.report(`  a request took ${p50Ms.toFixed(0)} ms, ${maxMs.toFixed(0)} at most`);
  await use.report(answered * bulkItems);
  await store.books.check({ orders: 0, isCounted: kind === "counts" });
  return perSecond * bulkItems;
}

/** Runs a statement again and again, and resolves with the items per second after the warm-up. */
async function repeat(lab: Laboratory, write: (turn: number) => Promise<void>): Promise<number> {
  const use = await measureUse(lab, {});
  const { warmupMs, measureMs } = lab.amounts.load;
  let [turn, measured] = [0, 0];
  const from = performance.now() + warmupMs;
  let begunAt = from;
  let now = performance.now();
  while (now < from + measureMs) {
    await write(turn);
    turn += 1;
    now = performance.now();
    if (now < from) begunAt = now;
    else measured += 1;
  }
  await use.report(turn * bulkItems);
  return (measured * bulkItems * 1_000) / (now - begunAt);
}

const countRate: Measurement = {
  name: "POST /stock/adjustments",
  unit: "counts/s",
  needs: ["redis-server"],
  take: (lab) => withStore(lab, "Redis", (store) => send(lab, store, "counts")),
};

const countStatements: Measurement = {
  name: "a statement that sets counts",
  unit: "counts/s",
  needs: [],
  take: (lab) =>
    withStore(lab, "PostgreSQL", (store) => {
      const random = createRandom(1);
      return repeat(lab, () => writeCounts(store.pool, counts(bulkItems, random)));
    }),
};

const productRate: Measurement = {
  name: "POST /products/bulk",
  unit: "products/s",
  needs: ["redis-server"],
  take: (lab) =>
    withStore(lab, "Redis", (store) => send(lab, store, "products"), {
      template: emptyTemplateDatabase,
    }),
};

const productStatements: Measurement = {
  name: "statements that insert products",
  unit: "products/s",
  needs: [],
  take: (lab) =>
    withStore(
      lab,
      "PostgreSQL",
      (store) =>
        repeat(lab, (turn) => writeProducts(store.pool, newProducts(turn * bulkItems, bulkItems))),
      { template: emptyTemplateDatabase },
    ),
};

/** Checkouts a second: so few that they wait for locks of counts, and hardly for each other. */
const ordersPerSecond = 100;

/** How long orders of the counted products wait for their decision. */
const orderWait = (name: string, beside: "counts" | null): Measurement => ({
  name,
  unit: "ms",
  needs: ["redis-server"],
  take: (lab) =>
    withStore(lab, "Redis", async (store) => {
      const [{ url }] = await Promise.all([startApi(store), store.startService("worker")]);
      const orders = startLoad(store, {
        ...orderLoad(lab, url),
        ...lab.amounts.wait,
        perSecond: ordersPerSecond,
        request: { kind: "order", waitSeconds: 10 },
        expected: 201,
      });
      const counting =
        beside && startLoad(store, { ...bulkLoad(lab, url, beside), ...lab.amounts.wait });
      const [{ p50Ms, p99Ms, maxMs, answered }, counted] = await Promise.all([
        orders.result,
        counting?.result,
      ]);
      const times = [p50Ms, p99Ms, maxMs].map((ms) => ms.toFixed(1));
      lab.report(
        `  p50 ${times[0]} ms, p99 ${times[1]} ms, at most ${times[2]} ms, beside ${Math.round((counted?.perSecond ?? 0) * bulkItems)} counts/s`,
      );
      await untilEmpty(store.backend.queues["process-order"]);
      await store.books.check({ orders: answered, isCounted: beside !== null });
      return p99Ms;
    }),
});

export const besideCountsFigure: Figure = {
  id: "counts",
  title: "orders beside counts",
  measured:
    "p99 of POST /orders with Prefer: wait, 100 a second, while requests of 1,000 counts of the same products are sent one after the other",
  yardstick: "the same without counts",
  unit: "ms",
  ...ratioOf(orderWait("orders beside counts", "counts"), orderWait("orders without counts", null)),
  goal: null,
};

export const countsFigure: Figure = {
  id: "counts",
  title: "counts",
  measured: "POST /stock/adjustments of 1,000 counts each, one after the other",
  yardstick: "a hand-written statement that sets 1,000 counts with their movements",
  unit: "counts/s",
  ...ratioOf(countRate, countStatements),
  goal: { atLeast: 0.5 },
};

export const productsFigure: Figure = {
  id: "products",
  title: "products",
  measured:
    "POST /products/bulk of 1,000 new products each, one after the other, into an empty store",
  yardstick: "hand-written statements that insert 1,000 products with counts, movements and events",
  unit: "products/s",
  ...ratioOf(productRate, productStatements),
  goal: { atLeast: 0.5 },
};
