// A Redis Cluster of six on one machine: three masters, each with a replica that takes over if its master is killed.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findFreePort } from "../../src/db/embedded/find-free-port.ts";
import { connectToRedis, type RedisServer, startRedisServer } from "../redis-server.ts";

/** A running cluster. Nodes go by their index, from 0. */
export type RedisCluster = {
  /** The value for `REDIS_CLUSTER_NODES`. It holds whatever happens. */
  readonly nodes: string;
  /** The nodes that are masters now and answer. */
  masters(): Promise<number[]>;
  kill(node: number): Promise<void>;
  /** Starts a killed node again. It is a replica if another has taken its place. */
  startAgain(node: number): Promise<void>;
  /** Deletes all keys of all masters. */
  flush(): Promise<void>;
  /** Resolves when every slot has a master that answers. Rejects after `withinMs`. */
  whole(withinMs: number): Promise<void>;
  close(): Promise<void>;
};

const size = 6;
const masterCount = size / 2;
const slots = 16_384;

/** A killed master's replica takes over after this time without an answer, in milliseconds, and an election. */
const nodeTimeoutMs = 2_000;

/** Starts the cluster with its data in `folder`. Rejects if there is no `redis-server`, or if it does not form. */
export async function startRedisCluster(folder: string): Promise<RedisCluster> {
  const servers = new Map<number, RedisServer>();
  const ports = await findFreePorts(size);
  /** On which the nodes talk to each other. */
  const busPorts = await findFreePorts(size);
  const start = async (node: number): Promise<void> => {
    const dir = join(folder, `redis-${node}`);
    mkdirSync(dir, { recursive: true });
    const server = await startRedisServer({
      dir,
      port: `${ports[node]}`,
      appendonly: "yes",
      appendfsync: "everysec",
      "cluster-enabled": "yes",
      "cluster-port": `${busPorts[node]}`,
      "cluster-node-timeout": `${nodeTimeoutMs}`,
    });
    if (server === null) {
      throw new Error(
        "Expected redis-server on the PATH; there is none. On Debian: apt-get install redis-server.",
      );
    }
    servers.set(node, server);
  };
  /** Runs one command on one node. */
  const call = async (node: number, command: string, ...args: string[]): Promise<string> => {
    const client = await connectToRedis(`redis://127.0.0.1:${ports[node]}`);
    try {
      return String(await client.call(command, ...args));
    } finally {
      client.disconnect();
    }
  };
  const isWhole = async (): Promise<boolean> => {
    const infos = await Promise.all(
      [...servers.keys()].map((node) => call(node, "CLUSTER", "INFO")),
    );
    return infos.every((info) => info.includes("cluster_state:ok"));
  };
  const whole = (withinMs: number): Promise<void> => until(isWhole, withinMs, "a whole cluster");
  const masters = async (): Promise<number[]> => {
    const roles = await Promise.all(
      [...servers.keys()].map(async (node) => ({ node, role: await call(node, "ROLE") })),
    );
    return roles.flatMap(({ node, role }) => (role.startsWith("master") ? [node] : []));
  };
  const close = async (): Promise<void> => {
    await Promise.all([...servers.values()].map((server) => server.stop()));
  };
  try {
    for (let node = 0; node < size; node += 1) await start(node);
    await form(ports, busPorts, call);
    await whole(20_000);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    nodes: ports.map((port) => `127.0.0.1:${port}`).join(","),
    masters,
    async kill(node) {
      const server = servers.get(node);
      servers.delete(node);
      if (server?.pid !== undefined) process.kill(server.pid, "SIGKILL");
      await server?.stop();
    },
    startAgain: start,
    async flush() {
      for (const node of await masters()) await call(node, "FLUSHALL");
    },
    whole,
    close,
  };
}

/** Gives each master its slots, lets the nodes meet, and gives each master a replica. */
async function form(
  ports: readonly number[],
  busPorts: readonly number[],
  call: (node: number, command: string, ...args: string[]) => Promise<string>,
): Promise<void> {
  for (const [node, port] of ports.entries()) {
    await call(node, "CLUSTER", "SET-CONFIG-EPOCH", `${node + 1}`);
    if (node > 0) await call(0, "CLUSTER", "MEET", "127.0.0.1", `${port}`, `${busPorts[node]}`);
    if (node < masterCount) {
      const first = Math.ceil((slots * node) / masterCount);
      const last = Math.ceil((slots * (node + 1)) / masterCount) - 1;
      await call(node, "CLUSTER", "ADDSLOTSRANGE", `${first}`, `${last}`);
    }
  }
  for (let node = masterCount; node < size; node += 1) {
    const master = await call(node - masterCount, "CLUSTER", "MYID");
    const isKnown = async () => (await call(node, "CLUSTER", "NODES")).includes(master);
    await until(isKnown, 20_000, "nodes that know each other");
    await call(node, "CLUSTER", "REPLICATE", master);
  }
}

async function until(holds: () => Promise<boolean>, withinMs: number, what: string): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`Expected ${what} within ${withinMs} ms.`);
    await sleep(100);
  }
}

async function findFreePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(await findFreePort());
  return [...ports];
}
