// Metrics of the pools of connections to PostgreSQL.

import { Gauge, type Registry } from "@prometheus-io/client";
import type { Pool } from "pg";

/** Adds a pool to the metrics, under a name such as "orders". */
export type AddPool = (name: string, pool: Pool) => void;

/** Creates the metrics, without a pool. They are read at each scrape. */
export function addPoolGauges(registry: Registry): AddPool {
  const pools = new Map<string, Pool>();
  const labelNames = ["pool", "state"];
  const connections = new Gauge({
    name: "tallyman_pool_connections",
    help: "Connections to PostgreSQL, by pool and state",
    labelNames,
    registers: [registry],
    collect() {
      for (const [name, pool] of pools) {
        connections.set({ pool: name, state: "idle" }, pool.idleCount);
        connections.set({ pool: name, state: "busy" }, pool.totalCount - pool.idleCount);
      }
    },
  });
  const max = new Gauge({
    name: "tallyman_pool_connections_max",
    help: "The most connections of a pool",
    labelNames: ["pool"],
    registers: [registry],
    collect() {
      for (const [name, pool] of pools) max.set({ pool: name }, pool.options.max);
    },
  });
  const waiting = new Gauge({
    name: "tallyman_pool_waiting",
    help: "Statements and transactions that wait for a connection, by pool",
    labelNames: ["pool"],
    registers: [registry],
    collect() {
      for (const [name, pool] of pools) waiting.set({ pool: name }, pool.waitingCount);
    },
  });
  return (name, pool) => {
    pools.set(name, pool);
  };
}
