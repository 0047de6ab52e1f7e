// How much processor time each part of the system takes for one order. Unlike orders per second it hardly
// depends on what else the machine does, and it tells which part is worth making cheaper. Linux only.

import { readdir, readFile } from "node:fs/promises";
import type { Laboratory } from "./laboratory.ts";

/** Processor time taken so far, in seconds, by each part by its name. */
type ProcessorTime = Readonly<Record<string, number>>;

/** A clock tick, in seconds: Linux tells programs of hundredths, whatever its own clock. */
const tick = 0.01;

/** What processes took since their measurement began. */
export type Use = {
  /** Processor time for each item, in microseconds, by each part by its name; empty where it can't be had. */
  perItem(items: number): Promise<Readonly<Record<string, number>>>;
  /** Says it. */
  tell(items: number): Promise<void>;
};

/** Begins to measure the given processes, PostgreSQL and Redis. */
export async function measureUse(
  lab: Laboratory,
  pids: Readonly<Record<string, number | undefined>>,
): Promise<Use> {
  if (lab.missingTools.has("/proc")) {
    return { perItem: () => Promise.resolve({}), tell: () => Promise.resolve() };
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
    async tell(items) {
      const parts = Object.entries(await perItem(items)).map(
        ([name, micros]) => `${name} ${Math.round(micros)} µs`,
      );
      lab.tell(`  processor time for each: ${parts.join(", ")}`);
    },
  };
}

/** Reads what the processes and their children have taken. */
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
  // The program's name is in parentheses and may hold anything; what follows is separated by spaces.
  const fields = text
    ?.slice(text.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  if (fields === undefined) return null;
  const [user = 0, system = 0, childrenUser = 0, childrenSystem = 0] = fields.slice(11, 15);
  const ticks = user + system + childrenUser + childrenSystem;
  return { pid, parent: fields[1], seconds: ticks * tick };
}
