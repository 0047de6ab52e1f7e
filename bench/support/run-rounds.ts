// Measures figures in rounds. Each round takes every measurement once; every second round goes in reverse order, so that
// a machine that gets slower or faster does not favour one side of a ratio.

import { BooksError } from "./books.ts";
import type { Figure, Measurement } from "./figure.ts";
import type { Laboratory } from "./laboratory.ts";
import { medianOf, type Summary, summarise } from "./summary.ts";
import type { Tool } from "./tool.ts";

/** A measured figure. */
export type MeasuredFigure = {
  readonly figure: Figure;
  readonly measured: Summary;
  readonly yardstick: Summary;
  readonly ratio: Summary;
  /** Whether the median of the ratio reaches the goal; null if there is no goal. */
  readonly met: boolean | null;
};

/** The results of a run. */
export type Findings = {
  readonly figures: readonly MeasuredFigure[];
  readonly notMeasured: readonly { readonly figure: Figure; readonly missing: readonly Tool[] }[];
  /** A text for each measurement whose books don't balance. */
  readonly imbalances: readonly string[];
};

/** Measures the figures. Rejects if a measurement fails for another reason than its books. */
export async function runRounds(lab: Laboratory, figures: readonly Figure[]): Promise<Findings> {
  const lacking = (figure: Figure): Tool[] =>
    [...lab.missingTools].filter((tool) =>
      figure.measurements.some(({ needs }) => needs.includes(tool)),
    );
  const possible = figures.filter((figure) => lacking(figure).length === 0);
  const measurements = [...new Set(possible.flatMap((figure) => figure.measurements))];
  const samples = new Map(measurements.map((measurement) => [measurement, new Array<number>()]));
  const samplesOf = (measurement: Measurement): readonly number[] => samples.get(measurement) ?? [];
  const imbalances: string[] = [];

  const { rounds } = lab.amounts;
  for (let round = 1; round <= rounds; round += 1) {
    for (const measurement of round % 2 === 1 ? measurements : measurements.toReversed()) {
      const started = performance.now();
      lab.report(`round ${round} of ${rounds}: ${measurement.name}`);
      try {
        const value = await measurement.take(lab, (other) => medianOf(samplesOf(other)));
        samples.get(measurement)?.push(value);
        const seconds = ((performance.now() - started) / 1_000).toFixed(1);
        lab.report(`  ${value.toFixed(1)} ${measurement.unit} (took ${seconds} s)`);
      } catch (error) {
        if (!(error instanceof BooksError)) throw error;
        imbalances.push(`${measurement.name}, round ${round}: ${error.message}`);
        lab.report(`  ${error.message}`);
      }
    }
  }
  return {
    figures: possible.flatMap((figure) => compare(figure, samplesOf)),
    notMeasured: figures
      .filter((figure) => !possible.includes(figure))
      .map((figure) => ({ figure, missing: lacking(figure) })),
    imbalances,
  };
}

/** Compares a figure round by round. Leaves it out if it has no complete round, because books did not balance. */
function compare(
  figure: Figure,
  samplesOf: (measurement: Measurement) => readonly number[],
): MeasuredFigure[] {
  const complete = Math.min(...figure.measurements.map((each) => samplesOf(each).length));
  if (complete === 0) return [];
  const rounds = Array.from({ length: complete }, (_none, round) =>
    figure.compare((measurement) => samplesOf(measurement)[round] ?? Number.NaN),
  );
  const ratio = summarise(rounds.map(({ measured, yardstick }) => measured / yardstick));
  return [
    {
      figure,
      measured: summarise(rounds.map(({ measured }) => measured)),
      yardstick: summarise(rounds.map(({ yardstick }) => yardstick)),
      ratio,
      met: isMet(figure.goal, ratio.median),
    },
  ];
}

function isMet(goal: Figure["goal"], ratio: number): boolean | null {
  if (goal === null) return null;
  return "atLeast" in goal ? ratio >= goal.atLeast : ratio <= goal.atMost;
}
