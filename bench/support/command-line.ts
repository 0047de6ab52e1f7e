// Reads the command line of `npm run bench`.

import { parseArgs } from "node:util";
import { allFigures } from "../figures/all-figures.ts";
import { type Amounts, fullAmounts, quickAmounts } from "./amounts.ts";
import type { Figure } from "./figure.ts";

/** A run of the bench. */
export type Request = {
  readonly amounts: Amounts;
  readonly figures: readonly Figure[];
  readonly json: boolean;
  /** Whether to measure batch sizes and lingers instead of figures. */
  readonly sweep: boolean;
  /** The folder for profiles, or null. */
  readonly profiles: string | null;
};

const ids = [...new Set(allFigures.map(({ id }) => id))];

/** The help text. */
export const usage = `Usage: npm run bench -- [options]
  --quick         smaller amounts: rough figures in one to two minutes, full checks of the books
  --only a,b      only these figures: ${ids.join(", ")}
  --rounds n      how often to measure everything (${fullAmounts.rounds}; with --quick ${quickAmounts.rounds})
  --json          JSON instead of a table
  --sweep         no figures, but speed by batch size and cost by linger, drawn in docs/batching.svg
  --profile dir   write a CPU profile of every measured process to dir; this makes them slower
  --help          this text
`;

/** Reads the arguments; null for `--help`. Throws an error with what was expected and what came. */
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
