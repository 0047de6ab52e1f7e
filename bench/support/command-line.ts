// Reads what `npm run bench` is asked to do.

import { parseArgs } from "node:util";
import { allFigures } from "../figures/all-figures.ts";
import { type Amounts, fullAmounts, quickAmounts } from "./amounts.ts";
import type { Figure } from "./figure.ts";

/** What is to be done. */
export type Request = {
  readonly amounts: Amounts;
  readonly figures: readonly Figure[];
  readonly json: boolean;
  /** Whether to measure batch sizes and lingers instead of the figures. */
  readonly sweep: boolean;
  /** Where profiles go, or null. */
  readonly profiles: string | null;
};

const ids = [...new Set(allFigures.map(({ id }) => id))];

/** What the command understands. */
export const usage = `Usage: npm run bench -- [options]
  --quick         less of everything: rough figures in one to two minutes, full checks of the books
  --only a,b      only these figures: ${ids.join(", ")}
  --rounds n      how often everything is measured (${fullAmounts.rounds}; with --quick ${quickAmounts.rounds})
  --json          JSON instead of a table
  --sweep         instead: speed by batch size and cost by linger, drawn in docs/batching.svg
  --profile dir   also write a CPU profile of every measured process there, which slows them
  --help          this text
`;

/** Reads the arguments. Gives null where help is asked for; throws an error that says what is wrong. */
export function readArguments(args: readonly string[]): Request | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      sweep: { type: "boolean", default: false },
      only: { type: "string" },
      rounds: { type: "string" },
      profile: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return null;
  const amounts = values.quick ? quickAmounts : fullAmounts;
  const rounds = Number(values.rounds ?? amounts.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new Error(`--rounds: expected a whole number from 1; got ${values.rounds}`);
  }
  const only = values.only?.split(",") ?? ids;
  const unknown = only.filter((id) => !ids.includes(id));
  if (unknown.length > 0) {
    throw new Error(`--only: expected some of ${ids.join(", ")}; got ${unknown.join(", ")}`);
  }
  return {
    amounts: { ...amounts, rounds },
    figures: allFigures.filter(({ id }) => only.includes(id)),
    json: values.json,
    sweep: values.sweep,
    profiles: values.profile ?? null,
  };
}
