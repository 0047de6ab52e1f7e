// `npm run simulate -- --seeds N --from S`: runs seeds and says how many interleavings a minute that is. If one fails, it
// shows what happened and how to repeat it. With `--mutation NAME` it runs with that fault put in.

import { parseArgs } from "node:util";
import { type Mutation, mutations } from "./mutations.ts";
import { simulate } from "./simulate.ts";

/** The last steps that a report shows, and how many failed seeds end the run. */
const limits = { shown: 60, failed: 3 };

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "10000" },
    from: { type: "string", default: "1" },
    mutation: { type: "string" },
    trace: { type: "boolean", default: false },
  },
});

const [seeds, from] = [Number(values.seeds), Number(values.from)];
if (!Number.isSafeInteger(seeds) || seeds < 1 || !Number.isSafeInteger(from)) {
  throw new Error(
    `Expected whole numbers after --seeds and --from; got ${values.seeds} and ${values.from}.`,
  );
}
const mutation: Mutation | null = mutations.find((name) => name === values.mutation) ?? null;
if (values.mutation !== undefined && mutation === null) {
  throw new Error(
    `Expected one of these mutations: ${mutations.join(", ")}; got ${values.mutation}.`,
  );
}

const startedAt = performance.now();
let steps = 0;
let longest = { seed: 0, recoveryMs: 0 };
let failed = 0;
let run = 0;
for (let seed = from; seed < from + seeds; seed += 1) {
  const outcome = await simulate(seed, { mutation, keepsTrace: values.trace });
  run += 1;
  steps += outcome.steps;
  if (outcome.recoveryMs > longest.recoveryMs) longest = outcome;
  if (values.trace) console.log(outcome.trace.join("\n"));
  if (outcome.faults.length === 0) continue;
  failed += 1;
  await report(seed);
  if (failed >= limits.failed) break;
}

const minutes = (performance.now() - startedAt) / 60_000;
console.log(
  `${run} seeds from ${from}, ${failed} failed; ${Math.round(run / minutes)} interleavings a minute, ${Math.round(steps / run)} steps each; longest recovery ${(longest.recoveryMs / 1000).toFixed(1)} s (seed ${longest.seed})`,
);
process.exitCode = failed > 0 ? 1 : 0;

async function report(seed: number): Promise<void> {
  const { faults, trace } = await simulate(seed, { mutation, keepsTrace: true });
  const ofMutation = mutation === null ? "" : ` --mutation "${mutation}"`;
  console.log(
    [
      `Seed ${seed} failed:`,
      ...faults.map((fault) => `  ${fault}`),
      `The last ${Math.min(limits.shown, trace.length)} of ${trace.length} steps:`,
      ...trace.slice(-limits.shown),
      `Repeat it with: npm run simulate -- --seeds 1 --from ${seed} --trace${ofMutation}`,
      "",
    ].join("\n"),
  );
}
