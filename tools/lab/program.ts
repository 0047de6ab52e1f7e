// One process of Tallyman as production runs it, with a proxy of its own in front of each store.

import { fileURLToPath } from "node:url";
import { findFreePort } from "../../src/db/embedded/find-free-port.ts";
import { type Child, type Ending, startChild } from "../child.ts";
import { startTcpProxy, type TcpProxy } from "./tcp-proxy.ts";

/** A role of a process. */
export type ProgramRole = "api" | "worker";

/** Where the stores are, not seen through a proxy. */
export type StoreAddresses = { readonly database: string; readonly redis: string | null };

/**
 * Kills the process when it comes to the named point for the nth time (default: the first), or sends it another signal.
 * The names are comments in the code; see `kill-points.ts`.
 */
export type KillPoint = {
  readonly name: string;
  readonly times?: number;
  readonly signal?: "SIGKILL" | "SIGSTOP";
};

/** How a process is started. */
export type ProgramOptions = {
  readonly role: ProgramRole;
  readonly stores: StoreAddresses;
  readonly environment: Readonly<Record<string, string>>;
  /** The folder for its log. */
  readonly folder: string;
  /** What happens to the process at a point of its code. */
  readonly killPoint?: KillPoint;
  /** Modules that it loads first. */
  readonly preload?: readonly string[];
  /** The built program. */
  readonly main: string;
};

/** A process of Tallyman. */
export type Program = {
  readonly role: ProgramRole;
  /** The address of its web server: the API, or a worker's health. */
  readonly url: string;
  readonly pid: number;
  readonly database: TcpProxy;
  readonly redis: TcpProxy | null;
  /** SIGKILL. Resolves when it has ended. */
  kill(): Promise<Ending>;
  /** SIGSTOP: it does nothing, and all its connections stand. */
  freeze(): void;
  /** SIGCONT. */
  wake(): void;
  /** SIGTERM. Resolves with how it ended and after how many milliseconds. Kills it if it has not ended after a minute. */
  terminate(): Promise<Ending & { readonly ms: number }>;
  readonly ended: Promise<Ending>;
  hasEnded(): boolean;
};

const tunedNode = fileURLToPath(new URL("../../bin/tuned-node", import.meta.url));
const killPoints = new URL("kill-points.ts", import.meta.url).href;
const exitMs = 60_000;

/** Starts a process and resolves when it runs. Rejects with its output if it ends before. */
export async function startProgram(options: ProgramOptions): Promise<Program> {
  const { role, stores, killPoint } = options;
  const database = await startTcpProxy(stores.database);
  const redis = stores.redis === null ? null : await startTcpProxy(stores.redis);
  const closeProxies = (): void => {
    database.close();
    redis?.close();
  };
  const port = await findFreePort();
  const preload = [...(options.preload ?? []), ...(killPoint === undefined ? [] : [killPoints])];
  const child = startChild({
    name: role,
    program: options.main,
    node: tunedNode,
    args: [role],
    folder: options.folder,
    environment: {
      ...options.environment,
      PORT: String(port),
      DATABASE_URL: database.url,
      ...(redis === null ? {} : { REDIS_URL: redis.url }),
      ...(preload.length === 0
        ? {}
        : { NODE_OPTIONS: preload.map((module) => `--import=${module}`).join(" ") }),
      ...(killPoint === undefined
        ? {}
        : {
            LAB_KILL_POINT: `${killPoint.name}:${killPoint.times ?? 1}:${killPoint.signal ?? "SIGKILL"}`,
          }),
    },
  });
  let ended = false;
  void child.ended.then(() => {
    ended = true;
    closeProxies();
  });
  await child.wrote(/Tallyman runs/);
  return {
    role,
    url: `http://127.0.0.1:${port}`,
    pid: child.pid,
    database,
    redis,
    kill() {
      child.signal("SIGKILL");
      return child.ended;
    },
    freeze: () => child.signal("SIGSTOP"),
    wake: () => child.signal("SIGCONT"),
    terminate: () => terminate(child),
    ended: child.ended,
    hasEnded: () => ended,
  };
}

async function terminate(child: Child): Promise<Ending & { readonly ms: number }> {
  const started = performance.now();
  child.signal("SIGTERM");
  const timer = setTimeout(() => child.signal("SIGKILL"), exitMs);
  const ending = await child.ended;
  clearTimeout(timer);
  return { ...ending, ms: Math.round(performance.now() - started) };
}
