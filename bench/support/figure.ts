// A figure: a measured value, its yardstick, and a goal for the ratio of both. Both are measured in the same run, so that
// the ratio means something on any machine.

import type { Laboratory } from "./laboratory.ts";
import type { Tool } from "./tool.ts";

/** The median of a measurement's values so far in this run. */
export type MedianOf = (measurement: Measurement) => number;

/** A value that is measured once in each round. Figures can share a measurement. */
export type Measurement = {
  readonly name: string;
  readonly unit: string;
  readonly needs: readonly Tool[];
  /** Measures once, and checks the books. `medianOf` has values of the measurements that are listed before this one. */
  readonly take: (lab: Laboratory, medianOf: MedianOf) => Promise<number>;
};

/** A measured value and its yardstick, in the same unit. */
export type Comparison = { readonly measured: number; readonly yardstick: number };

/** One row of the table. */
export type Figure = {
  /** The name for `--only`; several rows may share it. */
  readonly id: string;
  readonly title: string;
  readonly measured: string;
  readonly yardstick: string;
  readonly unit: string;
  /** The measurements that it needs, in this order. */
  readonly measurements: readonly Measurement[];
  /** Compares one round's values. */
  readonly compare: (valueOf: (measurement: Measurement) => number) => Comparison;
  /** The ratio to reach; null if there is no goal. */
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
