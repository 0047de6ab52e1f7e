// The metrics that a process counts itself. The health router adds those that it reads from tables and queues.

import { collectDefaultMetrics, Gauge, Registry } from "@prometheus-io/client";
import { addHttpMetrics, type OnAnswer } from "./http-metrics.ts";
import { addOrderMetrics, type OrderMetrics } from "./order-metrics.ts";
import { type AddPool, addPoolGauges } from "./pool-gauges.ts";
import { addWorkMetrics, type WorkMetrics } from "./work-metrics.ts";

/** The metrics of one process. */
export type Metrics = OrderMetrics &
  WorkMetrics & {
    readonly registry: Registry;
    /**
     * Adds the metrics of the process at the first call. From then on Node measures the delay of its event loop a hundred
     * times a second. Without a scrape nobody would read it, and it is more than all else that an idle process does.
     */
    readonly addProcessMetrics: () => void;
    readonly addPool: AddPool;
    readonly onAnswer: OnAnswer;
  };

/** What runs, for `tallyman_build_info`. */
export type BuildInfo = { readonly version: string; readonly queueStore: string };

/** Creates the metrics, each at zero. */
export function createMetrics(queues: readonly string[], build: BuildInfo): Metrics {
  const registry = new Registry();
  const info = new Gauge({
    name: "tallyman_build_info",
    help: "Always 1; its labels say which version runs on what",
    labelNames: ["version", "node", "queues"],
    registers: [registry],
  });
  let hasProcessMetrics = false;
  info.set({ version: build.version, node: process.version, queues: build.queueStore }, 1);
  return {
    registry,
    addProcessMetrics() {
      if (hasProcessMetrics) return;
      hasProcessMetrics = true;
      collectDefaultMetrics({ register: registry });
    },
    ...addOrderMetrics(registry),
    ...addWorkMetrics(registry, queues),
    addPool: addPoolGauges(registry),
    onAnswer: addHttpMetrics(registry),
  };
}
