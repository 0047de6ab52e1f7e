// The program of `npm run storm`. Progress goes to stderr, the report to stdout. It exits with 1 if a promise was broken.

import { fileURLToPath } from "node:url";
import { Command, InvalidArgumentError, Option } from "commander";
import * as z from "zod";
import { writeReport } from "./report.ts";
import { runStorm } from "./storm.ts";

const positive = (text: string): number => {
  const number = Number(text);
  if (number > 0 && Number.isFinite(number)) return number;
  throw new InvalidArgumentError(`Expected a number above 0; got ${text}.`);
};
const whole = (text: string): number => {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError(`Expected a whole number from 0 to 999999999; got ${text}.`);
};

const command = new Command("npm run storm --")
  .description(
    "Makes all faults at random on two APIs and three workers with stores of their own, and then proves that nothing that was promised was broken.",
  )
  .option("--seed <number>", "the same number makes the same faults at the same times", whole, 1)
  .option("--minutes <number>", "how long it lasts, without start and proof", positive, 2)
  .addOption(
    new Option("--queue <store>", "what the queues run on")
      .choices(["postgres", "redis"])
      .default("postgres"),
  )
  .option("--cluster", "the queues run on a Redis Cluster of six, whose masters are killed")
  .option("--rate <number>", "orders per second", positive, 40)
  .parse();
const { seed, minutes, queue, cluster, rate } = z
  .object({
    seed: z.number(),
    minutes: z.number(),
    queue: z.enum(["postgres", "redis"]),
    cluster: z.boolean().default(false),
    rate: z.number(),
  })
  .parse(command.opts());

// `process.exit` runs the `exit` handlers, which kill the processes that were started.
process.once("SIGINT", () => process.exit(130));
process.once("SIGTERM", () => process.exit(143));

const store = cluster ? "--cluster" : `--queue ${queue}`;
const report = await runStorm({
  seed,
  minutes,
  queue: cluster ? "cluster" : queue,
  ordersPerSecond: rate,
  main: fileURLToPath(new URL("../../dist/main.js", import.meta.url)),
  command: `npm run storm -- --seed ${seed} --minutes ${minutes} ${store} --rate ${rate}`,
  onProgress: (sentence) => void process.stderr.write(`${sentence}\n`),
});
process.stdout.write(writeReport(report));
process.exit(report.broken.length > 0 ? 1 : 0);
