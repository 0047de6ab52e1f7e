// Runs a Node program as a separate process, as production runs the service. Kills it at the latest when this process ends.

import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** How a program ended: its exit code, or the signal that ended it. */
export type Ending = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

/** A program that runs. */
export type Child = {
  readonly pid: number;
  /** Sends a message to the program. */
  send(message: object): void;
  /** Resolves with the first result of `read` that is not undefined. Rejects if the program ends before. */
  receive<T>(read: (message: unknown) => T | undefined): Promise<T>;
  /** Resolves with the first match in the program's stderr. Rejects if the program ends before. */
  wrote(pattern: RegExp): Promise<RegExpMatchArray>;
  /** The program's peak memory, in bytes. Linux only. */
  peakMemory(): Promise<number>;
  /** Sends a signal. */
  signal(name: NodeJS.Signals): void;
  /** Resolves when the program has ended. */
  readonly ended: Promise<Ending>;
  /** Stops the program with SIGTERM, or kills it if it does not end. */
  stop(): Promise<Ending>;
};

/** How a program is started. */
export type ChildOptions = {
  /** The name of its log. */
  readonly name: string;
  readonly program: string;
  /** The program that runs it; default: the Node of this process. */
  readonly node?: string;
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** The folder for its log. */
  readonly folder: string;
  /** The folder for a profile of its processor time; null: no profile. */
  readonly profiles?: string | null;
};

const deadlines = { startMs: 60_000, stopMs: 30_000 };
const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** Environment variables that the programs get. Settings of the service are not among them. */
const inherited = ["PATH", "HOME", "TMPDIR", "LANG", "TZ", "NODE_OPTIONS"];

/** Starts a program. Its stdout goes to a file, as in production. */
export function startChild(options: ChildOptions): Child {
  const {
    name,
    program,
    node = process.execPath,
    args = [],
    environment = {},
    folder,
    profiles = null,
  } = options;
  const mark = `${name}-${Date.now()}`;
  const logFile = join(folder, `${mark}.log`);
  const log = openSync(logFile, "a");
  const base = Object.fromEntries(
    inherited.flatMap((key) => {
      const value = process.env[key];
      return value === undefined ? [] : [[key, value]];
    }),
  );
  const profiling =
    profiles === null
      ? []
      : ["--cpu-prof", `--cpu-prof-dir=${profiles}`, `--cpu-prof-name=${mark}.cpuprofile`];
  const child = spawn(node, [...profiling, program, ...args], {
    stdio: ["ignore", log, "pipe", "ipc"],
    env: { ...base, NODE_ENV: "production", ...environment },
  });
  closeSync(log);
  running.add(child);
  let errors = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-20_000);
    child.emit("wrote");
  });
  const ended = new Promise<Ending>((resolve) => {
    child.once("exit", (code, signal) => {
      running.delete(child);
      resolve({ code, signal });
    });
  });

  /** Waits for an event for which `look` has a result. Rejects when the program ends. */
  const until = <T>(event: string, look: (value: unknown) => T | undefined): Promise<T> =>
    new Promise((resolve, reject) => {
      const onEvent = (value: unknown): void => {
        const found = look(value);
        if (found === undefined) return;
        child.off(event, onEvent);
        resolve(found);
      };
      child.on(event, onEvent);
      void ended.then(() => {
        const output = `${errors}\n${readFileSync(logFile, "utf8").slice(-2_000)}`;
        reject(new Error(`${name} ended too early. Its output:\n${output}`));
      });
      onEvent(undefined);
    });

  const { pid } = child;
  if (pid === undefined) throw new Error(`Could not start ${name}: ${node} ${program}.`);
  return {
    pid,
    send: (message) => void child.send(message),
    receive: (read) => until("message", read),
    wrote: (pattern) => until("wrote", () => errors.match(pattern) ?? undefined),
    async peakMemory() {
      const status = await readFile(`/proc/${pid}/status`, "utf8");
      return Number(status.match(/VmHWM:\s+(\d+) kB/)?.[1]) * 1024;
    },
    signal: (signal) => void child.kill(signal),
    ended,
    async stop() {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), deadlines.stopMs);
      const ending = await ended;
      clearTimeout(timer);
      return ending;
    },
  };
}
