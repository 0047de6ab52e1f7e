// When an item runs out, and how sure that is.

import type { Demand } from "./demand.ts";

const dayMs = 86_400_000;

/** Fewer days in stock than this say little about a week, whatever was sold on them. */
export const daysForAWeek = 7;

/** How far ahead a day is named, in days. What sells that slowly may sell at any other pace by then. */
export const horizonDays = 365;

/**
 * How sure a forecast is. `sure`: the day is likely to be right within a quarter of the time until then. `rough`: it may be
 * half as long or twice as long. `guess`: little was sold, or for less than a week.
 */
export type Certainty = "sure" | "rough" | "guess";

/** When an item runs out. Times are in days from now. */
export type RunOut =
  /** Nothing can be sold now. */
  | { readonly kind: "out" }
  /** It was never in stock, so nobody knows what it sells. */
  | { readonly kind: "unknown" }
  /** Nothing was sold on the days that it was in stock, or it lasts longer than `horizonDays`. */
  | { readonly kind: "not-soon" }
  | {
      readonly kind: "runs-out";
      readonly days: number;
      /** In four of five cases it is not before this, if the demand stays as it was. */
      readonly daysMin: number;
      /** In four of five cases it is not after this. */
      readonly daysMax: number;
      readonly certainty: Certainty;
    };

/** Two thirds of a normal distribution are within one standard deviation; four fifths are within this many. */
const deviations = 1.28;

/** `sure` ends at the first relative deviation, `rough` at the second. */
const limits = { sure: 0.25, rough: 0.6 } as const;

/**
 * Forecasts when `units` that can be sold are gone. The time is the units divided by the demand of a day. Both the sales of
 * the past and those to come vary, each the less, the more units they are: that gives the range.
 */
export function forecastRunOut(units: number, demand: Demand | null): RunOut {
  if (units <= 0) return { kind: "out" };
  if (demand === null) return { kind: "unknown" };
  const days = units / demand.unitsPerDay;
  if (demand.unitsPerDay === 0 || days > horizonDays) return { kind: "not-soon" };
  const deviation = Math.sqrt(
    demand.unevenness * (1 / units + 1 / (demand.unitsPerDay * demand.daysInStock)),
  );
  const factor = Math.exp(deviations * deviation);
  const certainty = certaintyOf(demand.daysInStock, deviation);
  return { kind: "runs-out", days, daysMin: days / factor, daysMax: days * factor, certainty };
}

function certaintyOf(daysInStock: number, deviation: number): Certainty {
  if (daysInStock < daysForAWeek || deviation > limits.rough) return "guess";
  return deviation > limits.sure ? "rough" : "sure";
}

/** The moment that is so many days from now. */
export function momentIn(days: number, now: Date): Date {
  return new Date(now.getTime() + days * dayMs);
}
