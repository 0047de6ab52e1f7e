// The program of `npm run bench`. It writes progress to stderr, and the table or JSON to stdout. It exits with 1 if the
// books don't balance, and with 0 whatever the speed.

import { readArguments, type Request, usage } from "./support/command-line.ts";
import { type Laboratory, openLaboratory } from "./support/laboratory.ts";
import { describeMachine } from "./support/machine.ts";
import { runRounds } from "./support/run-rounds.ts";
import { writeTable } from "./support/table.ts";
import { sweep } from "./sweep.ts";

const report = (sentence: string): void => void process.stderr.write(`${sentence}\n`);
const show = (text: string): void => void process.stdout.write(`${text}\n`);

async function main(): Promise<number> {
  let request: Request | null;
  try {
    request = readArguments(process.argv.slice(2));
  } catch (error) {
    report(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    return 2;
  }
  if (request === null) {
    show(usage);
    return 0;
  }
  // `process.exit` runs the `exit` handlers, which kill the processes that were started.
  process.once("SIGINT", () => process.exit(130));
  process.once("SIGTERM", () => process.exit(143));
  const lab = await openLaboratory(request.amounts, request.profiles, report);
  try {
    if (!request.sweep) return await measure(lab, request);
    show(await sweep(lab));
    return 0;
  } finally {
    await lab.close();
  }
}

async function measure(lab: Laboratory, { amounts, figures, json }: Request): Promise<number> {
  const machine = await describeMachine(lab);
  const findings = await runRounds(lab, figures);
  const { rounds } = amounts;
  show(
    json
      ? JSON.stringify({ machine, rounds, ...findings }, null, 2)
      : writeTable(machine, findings, rounds),
  );
  return findings.imbalances.length > 0 ? 1 : 0;
}

process.exitCode = await main();
