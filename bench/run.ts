// The measurements' command: `npm run bench`. Progress goes to stderr, the table or the JSON to stdout. Exits
// with 1 where the books don't balance, and never for speed.

import { readArguments, type Request, usage } from "./support/command-line.ts";
import { type Laboratory, openLaboratory } from "./support/laboratory.ts";
import { describeMachine } from "./support/machine.ts";
import { runRounds } from "./support/run-rounds.ts";
import { writeTable } from "./support/table.ts";
import { sweep } from "./sweep.ts";

const tell = (sentence: string): void => void process.stderr.write(`${sentence}\n`);
const show = (text: string): void => void process.stdout.write(`${text}\n`);

async function main(): Promise<number> {
  let request: Request | null;
  try {
    request = readArguments(process.argv.slice(2));
  } catch (error) {
    tell(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    return 2;
  }
  if (request === null) {
    show(usage);
    return 0;
  }
  // Whoever exits by a signal still ends the processes that were started: see their `exit` handlers.
  process.once("SIGINT", () => process.exit(130));
  process.once("SIGTERM", () => process.exit(143));
  const lab = await openLaboratory(request.amounts, request.profiles, tell);
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
