// The program of `npm run idle`: what a service costs that has nothing to do, how soon it is ready, and what memory it
// has before and after a rush of orders. Progress goes to stderr, the table to stdout. Linux only.

import { resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Command, InvalidArgumentError, Option } from "commander";
import * as z from "zod";
import { sendBurst } from "./burst.ts";
import { type IdleInstallation, type IdleQueue, openIdleInstallation } from "./installation.ts";
import { type Cost, readCost } from "./process-cost.ts";

const whole = (text: string): number => {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError(`Expected a whole number from 0 to 999999; got ${text}.`);
};
const command = new Command("npm run idle --")
  .description(
    "Measures a service that has nothing to do: processor time, wake-ups and memory of each process, and the time until it is ready.",
  )
  .addOption(
    new Option(
      "--queue <store>",
      "what the queues run on; both, one after the other, if left out",
    ).choices(["postgres", "redis"]),
  )
  .option("--split", "API and worker are two processes")
  .option("--settle <seconds>", "how long to wait after the start", whole, 30)
  .option("--seconds <seconds>", "how long to measure", whole, 60)
  .option("--orders <number>", "send so many orders after that", whole, 0)
  .option("--quiet <seconds>", "how long to wait after the orders", whole, 120)
  .option("--beside <folder>", "another version, built, that is measured at the same time")
  .parse();
const options = z
  .object({
    queue: z.enum(["postgres", "redis"]).optional(),
    split: z.boolean().default(false),
    settle: z.number(),
    seconds: z.number(),
    orders: z.number(),
    quiet: z.number(),
    beside: z.string().optional(),
  })
  .parse(command.opts());

// `process.exit` runs the `exit` handlers, which end the processes that were started.
process.once("SIGINT", () => process.exit(130));
process.once("SIGTERM", () => process.exit(143));

const here = fileURLToPath(new URL("../..", import.meta.url));
const versions = {
  ...(options.beside === undefined ? {} : { beside: resolve(options.beside) }),
  this: here,
};
const megabyte = 1024 * 1024;
const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`);

type Row = Readonly<Record<string, string>>;

/** Measures all versions at the same time, on the same kind of queue. */
async function measure(queue: IdleQueue): Promise<readonly Row[]> {
  const installations: [string, IdleInstallation][] = [];
  try {
    for (const [version, folder] of Object.entries(versions)) {
      say(`${queue}: starts ${folder}`);
      installations.push([version, await openIdleInstallation(folder, queue, options.split)]);
    }
    say(`${queue}: waits ${options.settle} s, then measures for ${options.seconds} s`);
    await pause(options.settle * 1_000);
    const before = await readAll(installations);
    await pause(options.seconds * 1_000);
    const after = await readAll(installations);
    if (options.orders > 0) {
      for (const [, { apiUrl }] of installations) await sendBurst(apiUrl, options.orders);
    }
    const busy = await readAll(installations);
    if (options.orders > 0) {
      say(`${queue}: ${options.orders} orders are decided; waits ${options.quiet} s`);
      await pause(options.quiet * 1_000);
    }
    const quiet = await readAll(installations);
    return installations.flatMap(([version, { parts, readyMs }]) =>
      parts.map(({ name, pid }) => {
        const [start, end] = [costOf(before, pid), costOf(after, pid)];
        const core = ((end.seconds - start.seconds) / options.seconds) * 100;
        const wakeUps = (end.wakeUps - start.wakeUps) / options.seconds;
        const memory = (costs: Costs) => (costOf(costs, pid).memory / megabyte).toFixed(0);
        return {
          queue,
          version,
          process: name,
          "% of a core": core.toFixed(2),
          "wake-ups/s": wakeUps.toFixed(1),
          "ready in s": name in readyMs ? ((readyMs[name] ?? 0) / 1_000).toFixed(2) : "",
          "idle MB": memory(after),
          ...(options.orders === 0 ? {} : { "busy MB": memory(busy), "quiet MB": memory(quiet) }),
        };
      }),
    );
  } finally {
    for (const [, installation] of installations) await installation.close();
  }
}

type Costs = ReadonlyMap<number, Cost>;

async function readAll(installations: readonly [string, IdleInstallation][]): Promise<Costs> {
  const pids = installations.flatMap(([, { parts }]) => parts.map(({ pid }) => pid));
  return new Map(await Promise.all(pids.map(async (pid) => [pid, await readCost(pid)] as const)));
}

function costOf(costs: Costs, pid: number): Cost {
  const cost = costs.get(pid);
  if (cost === undefined) throw new Error(`Expected process ${pid} to run; it has ended.`);
  return cost;
}

/** A table in Markdown. */
function tableOf(rows: readonly Row[]): string {
  const names = Object.keys(rows[0] ?? {});
  const lines = [
    names,
    names.map(() => "---"),
    ...rows.map((row) => names.map((name) => row[name] ?? "")),
  ];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

const queues: readonly IdleQueue[] =
  options.queue === undefined ? ["postgres", "redis"] : [options.queue];
const rows: Row[] = [];
for (const queue of queues) rows.push(...(await measure(queue)));
process.stdout.write(`${tableOf(rows)}\n`);
process.exit(0);
