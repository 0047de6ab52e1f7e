// What a figure is: something measured, its yardstick, and the ratio of the two that is the goal. Both are
// measured in the same run, so that the ratio says something on any machine.

import type { Laboratory } from "./laboratory.ts";
import type { Tool } from "./tool.ts";

/** The median so far of a measurement of the same run. */
export type MedianOf = (measurement: Measurement) => number;

/** Something that is measured once in each round. Figures that name the same measurement share it. */
export type Measurement = {
  readonly name: string;
  readonly unit: string;
  readonly needs: readonly Tool[];
  /** Measures once, and checks the books. `medianOf` knows what was listed before this measurement. */
  readonly take: (lab: Laboratory, medianOf: MedianOf) => Promise<number>;
};

/** A measured value beside its yardstick, in the same unit. */
export type Comparison = { readonly measured: number; readonly yardstick: number };

/** One row of the table. */
export type Figure = {
  /** The word by which `--only` selects it; several rows may share it. */
  readonly id: string;
  readonly title: string;
  readonly measured: string;
  readonly yardstick: string;
  readonly unit: string;
  /** What has to be measured, in this order. */
  readonly measurements: readonly Measurement[];
  /** Compares one round's values. */
  readonly compare: (valueOf: (measurement: Measurement) => number) => Comparison;
  /** The ratio to reach; null where it is only stated. */
  readonly goal: { readonly atLeast: number } | { readonly atMost: number } | null;
};

/** A figure whose measured value and yardstick are one measurement each. */
export function ratioOf(
  measured: Measurement,
  yardstick: Measurement,
): Pick<Figure, "measurements" | "compare"> {
  return {
    measurements: [yardstick, measured],
    compare: (valueOf) => ({ measured: valueOf(measured), yardstick: valueOf(yardstick) }),
  };
}
