// What a process and its children cost, as Linux counts it.

import { readdir, readFile } from "node:fs/promises";

/** What a process and its children have cost since they began, and what memory they have now. */
export type Cost = {
  /** Processor time, in seconds. */
  readonly seconds: number;
  /** How often a thread waited and was woken. */
  readonly wakeUps: number;
  /** Resident memory in bytes. What processes share counts for each in part, so that the sum is right. */
  readonly memory: number;
};

/** A clock tick of /proc in seconds (USER_HZ), which is the same on all Linux systems. */
const tick = 0.01;

/** Reads the cost of a process with its children. Children that ended count in `seconds`, if their parent waited for them. */
export async function readCost(pid: number): Promise<Cost> {
  const all = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(all.map((name) => readStat(Number(name))));
  const own = stats.filter((stat) => stat.pid === pid || stat.parent === pid);
  const costs = await Promise.all(
    own.map(async (stat) => ({
      seconds: stat.seconds,
      wakeUps: await readWakeUps(stat.pid),
      memory: await readMemory(stat.pid),
    })),
  );
  return costs.reduce((sum, cost) => ({
    seconds: sum.seconds + cost.seconds,
    wakeUps: sum.wakeUps + cost.wakeUps,
    memory: sum.memory + cost.memory,
  }));
}

/** The numbers of a process; its parent is 0 if it has just ended. */
async function readStat(pid: number) {
  const text = await readText(`/proc/${pid}/stat`);
  // The program's name, in parentheses, may contain anything. The fields after it are separated by spaces.
  const fields = text
    .slice(text.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  const ticks = fields.slice(11, 15).reduce((sum, count) => sum + count, 0);
  return { pid, parent: fields[1] ?? 0, seconds: ticks * tick };
}

async function readWakeUps(pid: number): Promise<number> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const texts = await Promise.all(
    threads.map((thread) => readText(`/proc/${pid}/task/${thread}/status`)),
  );
  return texts.reduce(
    (sum, text) => sum + Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(text)?.[1] ?? 0),
    0,
  );
}

async function readMemory(pid: number): Promise<number> {
  const text = await readText(`/proc/${pid}/smaps_rollup`);
  return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) * 1024;
}

/** A process that ends while it is read has nothing to read. */
const readText = (path: string): Promise<string> => readFile(path, "utf8").catch(() => "");
