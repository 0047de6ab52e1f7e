// Measures how batch size and linger trade speed for latency, and draws it: `npm run bench -- --sweep`. The
// defaults in src/config.ts are chosen from it.

import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { uniformBasket } from "./support/catalogue.ts";
import { drain, untilEmpty } from "./support/drain.ts";
import type { Laboratory } from "./support/laboratory.ts";
import { drawCharts, type Line } from "./support/line-chart.ts";
import { orderLoad, startApi, startLoad } from "./support/load.ts";
import { withStore } from "./support/store.ts";
import { medianOf } from "./support/summary.ts";

const batchSizes = [25, 100, 250, 500, 1_000];
const lingersMs = [0, 2, 10];

/** Orders a second while latency is measured: a quiet hour, when waiting for company costs most. */
const quietPerSecond = 200;

/** Where the plot is kept. */
const plotFile = fileURLToPath(new URL("../docs/batching.svg", import.meta.url));

/** Measures every pair, each in every round, and writes the plot. Resolves with the figures as a table. */
export async function sweep(lab: Laboratory): Promise<string> {
  const speeds = new Map<string, number[]>();
  const latencies = new Map<string, number[]>();
  for (let round = 1; round <= lab.amounts.rounds; round += 1) {
    for (const size of batchSizes) {
      for (const linger of lingersMs) {
        lab.tell(`round ${round}: batches of ${size}, linger ${linger} ms`);
        const settings = { BATCH_ORDERS_MAX: `${size}`, BATCH_LINGER_MS: `${linger}` };
        add(speeds, size, linger, await speedWith(lab, settings));
        add(latencies, size, linger, await latencyWith(lab, settings));
      }
    }
  }
  const xLabel = "orders a batch may hold (BATCH_ORDERS_MAX)";
  const charts = [
    { title: "From a full queue", xLabel, yLabel: "orders/s", lines: linesOf(speeds) },
    {
      title: `At ${quietPerSecond} orders a second`,
      xLabel,
      yLabel: "median wait for the decision, ms",
      lines: linesOf(latencies),
    },
  ];
  await mkdir(dirname(plotFile), { recursive: true });
  await writeFile(plotFile, drawCharts(charts));
  return charts
    .flatMap(({ title, yLabel, lines }) => [
      `${title}, ${yLabel}:`,
      `| batch | ${lines.map(({ name }) => name).join(" | ")} |`,
      `| ---: |${lines.map(() => " ---: |").join("")}`,
      ...batchSizes.map((size, row) => {
        const cells = lines.map(({ points }) => (points[row]?.[1] ?? 0).toFixed(1));
        return `| ${size} | ${cells.join(" | ")} |`;
      }),
      "",
    ])
    .concat(`Drawn in ${plotFile}`)
    .join("\n");
}

/** A line for each linger. */
function linesOf(samples: ReadonlyMap<string, readonly number[]>): Line[] {
  return lingersMs.map((linger) => ({
    name: `linger ${linger} ms`,
    points: batchSizes.map((size) => [size, medianOf(samples.get(`${size}/${linger}`) ?? [])]),
  }));
}

function add(samples: Map<string, number[]>, size: number, linger: number, value: number): void {
  const key = `${size}/${linger}`;
  samples.set(key, [...(samples.get(key) ?? []), value]);
}

async function speedWith(lab: Laboratory, settings: Readonly<Record<string, string>>) {
  const orders = Math.ceil(lab.amounts.orders / 4);
  const what = { on: "Redis", basket: uniformBasket, settings } as const;
  return (await drain(lab, { ...what, orders })).ordersPerSecond;
}

/** The median wait of a checkout that waits for its decision. */
function latencyWith(lab: Laboratory, settings: Readonly<Record<string, string>>): Promise<number> {
  return withStore(lab, "Redis", async (store) => {
    const [{ url }] = await Promise.all([startApi(store), store.startService("worker", settings)]);
    const { p50Ms, answered } = await startLoad(store, {
      ...orderLoad(lab, url),
      warmupMs: 1_000,
      measureMs: 3_000,
      perSecond: quietPerSecond,
      request: { kind: "order", waitSeconds: 10 },
      expected: 201,
    }).result;
    await untilEmpty(store.backend.queues["process-order"]);
    await store.books.check({ orders: answered });
    return p50Ms;
  });
}
