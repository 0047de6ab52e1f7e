// Measures the processor time that each part of the system takes for one order. Other programs on the machine change it
// much less than they change orders per second. It shows which part costs most. Linux only.

import { readdir, readFile } from "node:fs/promises";
import type { Laboratory } from "./laboratory.ts";

/** Processor time in seconds, by the name of the part. */
type ProcessorTime = Readonly<Record<string, number>>;

/** A clock tick of /proc in seconds (USER_HZ), which is the same on all Linux systems. */
const tick = 0.01;

/** The processor time of processes since the measurement began. */
export type Use = {
  /** Processor time for each item in microseconds, by the name of the part; empty if there is no /proc. */
  perItem(items: number): Promise<Readonly<Record<string, number>>>;
  /** Reports the processor time for each item. */
  report(items: number): Promise<void>;
};

/** Begins to measure the given processes by name, and PostgreSQL and Redis. */
export async function measureUse(
  lab: Laboratory,
  pids: Readonly<Record<string, number | undefined>>,
): Promise<Use> {
  if (lab.missingTools.has("/proc")) {
    return { perItem: () => Promise.resolve({}), report: () => Promise.resolve() };
  }
  const all = { ...pids, PostgreSQL: lab.postgresPid, Redis: lab.redis?.pid };
  const before = await readTimes(all);
  const perItem = async (items: number) =>
    Object.fromEntries(
      Object.entries(await readTimes(all)).map(([name, seconds]) => [
        name,
        ((seconds - (before[name] ?? 0)) / items) * 1e6,
      ]),
    );
  return {
    perItem,
    async report(items) {
      const parts = Object.entries(await perItem(items)).map(
        ([name, micros]) => `${name} ${Math.round(micros)} µs`,
      );
      lab.report(`  processor time for each: ${parts.join(", ")}`);
    },
  };
}

/** Reads the processor time of the processes with their children. */
async function readTimes(
  pids: Readonly<Record<string, number | undefined>>,
): Promise<ProcessorTime> {
  const all = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(all.map((pid) => readStat(Number(pid))));
  return Object.fromEntries(
    Object.entries(pids).map(([name, pid]) => {
      const own = stats.flatMap((stat) =>
        stat !== null && (stat.pid === pid || stat.parent === pid) ? [stat.seconds] : [],
      );
      return [name, own.reduce((sum, seconds) => sum + seconds, 0)];
    }),
  );
}

async function readStat(pid: number) {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  // The program's name, in parentheses, may contain anything. The fields after it are separated by spaces.
  const fields = text
    ?.slice(text.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  if (fields === undefined) return null;
  const [user = 0, system = 0, childrenUser = 0, childrenSystem = 0] = fields.slice(11, 15);
  const ticks = user + system + childrenUser + childrenSystem;
  return { pid, parent: fields[1], seconds: ticks * tick };
}
