// The measurements' command: `npm run bench`. Progress goes to stderr, the table or the JSON to stdout. Exits
// with 1 where the books don't balance, and never for speed.

import { parseArgs } from "node:util";
import { allFigures } from "./figures/all-figures.ts";
import { type Amounts, fullAmounts, quickAmounts } from "./support/amounts.ts";
import type { Figure } from "./support/figure.ts";
import { openLaboratory } from "./support/laboratory.ts";
import { describeMachine } from "./support/machine.ts";
import { runRounds } from "./support/run-rounds.ts";
import { writeTable } from "./support/table.ts";

const usage = `Usage: npm run bench -- [options]
  --quick         less of everything: under a minute, rough figures, full checks of the books
  --only a,b      only these figures: ${[...new Set(allFigures.map(({ id }) => id))].join(", ")}
  --rounds n      how often everything is measured (${fullAmounts.rounds}; with --quick ${quickAmounts.rounds})
  --profile dir   also write a CPU profile of every measured process there (slows them)
  --json          JSON instead of a table
`;

const tell = (sentence: string): void => void process.stderr.write(`${sentence}\n`);

/** The figures that were asked for, or a sentence on what was asked for and does not exist. */
function chooseFigures(only: string | undefined): readonly Figure[] | string {
  if (only === undefined) return allFigures;
  const ids = only.split(",");
  const unknown = ids.filter((id) => allFigures.every((figure) => figure.id !== id));
  if (unknown.length > 0) return `There is no figure ${unknown.join(", ")}.`;
  return allFigures.filter(({ id }) => ids.includes(id));
}

async function measure(
  amounts: Amounts,
  figures: readonly Figure[],
  json: boolean,
  profiles: string | null,
): Promise<number> {
  const lab = await openLaboratory(amounts, profiles, tell);
  try {
    const machine = await describeMachine(lab);
    const findings = await runRounds(lab, figures);
    const { rounds } = amounts;
    process.stdout.write(
      `${json ? JSON.stringify({ machine, rounds, ...findings }, null, 2) : writeTable(machine, findings, rounds)}\n`,
    );
    return findings.imbalances.length > 0 ? 1 : 0;
  } finally {
    await lab.close();
  }
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      quick: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      only: { type: "string" },
      rounds: { type: "string" },
      profile: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const amounts = values.quick ? quickAmounts : fullAmounts;
  const rounds = Number(values.rounds ?? amounts.rounds);
  const figures = chooseFigures(values.only);
  if (typeof figures === "string" || !Number.isInteger(rounds) || rounds < 1) {
    const problem =
      typeof figures === "string" ? figures : `Expected --rounds 1 or more; got ${values.rounds}.`;
    process.stderr.write(`${problem}\n${usage}`);
    return 2;
  }
  process.on("SIGINT", () => process.exit(130));
  process.on("SIGTERM", () => process.exit(143));
  return measure({ ...amounts, rounds }, figures, values.json, values.profile ?? null);
}

process.exitCode = await main();
