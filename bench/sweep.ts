// Measures speed by batch size and cost by linger, and draws both: `npm run bench -- --sweep`. The defaults in
// src/config.ts come from it.

import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { uniformBasket } from "./support/catalogue.ts";
import { drain, untilEmpty } from "./support/drain.ts";
import type { Laboratory } from "./support/laboratory.ts";
import { type Chart, drawCharts } from "./support/line-chart.ts";
import { orderLoad, startApi, startLoad } from "./support/load.ts";
import { measureUse } from "./support/processor-time.ts";
import { withStore } from "./support/store.ts";
import { medianOf } from "./support/summary.ts";

const batchSizes = [10, 25, 100, 250, 500, 1_000];
const lingersMs = [1, 2, 5, 10, 20, 50];

/** Orders a second while linger is measured. A higher rate fills batches without linger. */
const busyPerSecond = 1_000;

/** The file of the charts. */
const plotFile = fileURLToPath(new URL("../docs/batching.svg", import.meta.url));

type Samples = Map<number, number[]>;

/** Measures every batch size and every linger in each round, and writes the charts. Resolves with their tables. */
export async function sweep(lab: Laboratory): Promise<string> {
  const speeds: Samples = new Map();
  const costs: Samples = new Map();
  for (let round = 1; round <= lab.amounts.rounds; round += 1) {
    for (const size of batchSizes) {
      lab.report(`round ${round}: batches of ${size}`);
      add(speeds, size, await speedWith(lab, { BATCH_ORDERS_MAX: `${size}` }));
    }
    for (const linger of lingersMs) {
      lab.report(`round ${round}: linger of ${linger} ms`);
      add(costs, linger, await costWith(lab, { BATCH_LINGER_MS: `${linger}` }));
    }
  }
  const charts = [
    {
      title: "From a full queue",
      xLabel: "the most orders of a batch (BATCH_ORDERS_MAX)",
      yLabel: "orders/s",
      lines: [{ name: "one order a job", points: pointsOf(speeds) }],
    },
    {
      title: `At ${busyPerSecond.toLocaleString("en")} orders a second`,
      xLabel: "linger, ms (BATCH_LINGER_MS)",
      yLabel: "processor time for an order, µs",
      lines: [{ name: "worker and PostgreSQL", points: pointsOf(costs) }],
    },
  ];
  await mkdir(dirname(plotFile), { recursive: true });
  await writeFile(plotFile, drawCharts(charts));
  return [...charts.flatMap(tableOf), `Drawn in ${plotFile}`].join("\n");
}

function tableOf({ title, xLabel, yLabel, lines }: Chart): string[] {
  const points = lines.flatMap((line) => line.points);
  const rows = points.map(([x, y]) => `| ${x} | ${y.toFixed(0)} |`);
  return [`${title}:`, `| ${xLabel} | ${yLabel} |`, "| ---: | ---: |", ...rows, ""];
}

const pointsOf = (samples: Samples): [number, number][] =>
  [...samples].map(([x, values]) => [x, medianOf(values)]);

function add(samples: Samples, x: number, value: number): void {
  samples.set(x, [...(samples.get(x) ?? []), value]);
}

async function speedWith(lab: Laboratory, settings: Readonly<Record<string, string>>) {
  const orders = Math.ceil(lab.amounts.orders / 4);
  const what = { on: "Redis", basket: uniformBasket, settings } as const;
  return (await drain(lab, { ...what, orders })).ordersPerSecond;
}

/** Processor time of the worker and PostgreSQL for an order at the busy rate, in microseconds. */
function costWith(lab: Laboratory, settings: Readonly<Record<string, string>>): Promise<number> {
  return withStore(lab, "Redis", async (store) => {
    const [{ url }, worker] = await Promise.all([
      startApi(store),
      store.startService("worker", settings),
    ]);
    const use = await measureUse(lab, { worker: worker.pid });
    const { answered } = await startLoad(store, {
      ...orderLoad(lab, url),
      perSecond: busyPerSecond,
    }).result;
    await untilEmpty(store.backend.queues["process-order"]);
    const { worker: inWorker = 0, PostgreSQL: inPostgres = 0 } = await use.perItem(answered);
    await store.books.check({ orders: answered });
    return inWorker + inPostgres;
  });
}
