// The figures of a storm, from what was written down. Pure functions.

import { type Answer, isAccepted, type JournalEntry } from "../lab/clients.ts";
import type { LabProduct } from "../lab/shop.ts";

/** A fault that has ended, in milliseconds since 1970. */
export type EndedFault = { readonly kind: string; readonly endedAt: number };

/** The longest recoveries after a kind of fault, in milliseconds. */
export type Recovery = { readonly acceptedMs: number; readonly decidedMs: number };

/** The longest time from `begin` to `end` in which nothing happened. `times` ascend. */
export function longestGap(times: readonly number[], begin: number, end: number): number {
  const within = times.filter((time) => time >= begin && time <= end);
  const marks = [begin, ...within, end];
  return Math.max(0, ...marks.map((mark, index) => mark - (marks[index - 1] ?? mark)));
}

/**
 * By kind of fault, the longest time from its end until the next order was accepted, and until the next was decided. A
 * fault after which nothing came any more is left out: the storm was over. The times ascend.
 */
export function findRecoveries(
  faults: readonly EndedFault[],
  accepted: readonly number[],
  decided: readonly number[],
): Map<string, Recovery> {
  const recoveries = new Map<string, Recovery>();
  for (const { kind, endedAt } of faults) {
    const before = recoveries.get(kind) ?? { acceptedMs: 0, decidedMs: 0 };
    recoveries.set(kind, {
      acceptedMs: Math.max(before.acceptedMs, waited(accepted, endedAt)),
      decidedMs: Math.max(before.decidedMs, waited(decided, endedAt)),
    });
  }
  return recoveries;
}

/** From `since` to the first of the ascending times at or after it; 0 if there is none. */
function waited(times: readonly number[], since: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < since) low = middle + 1;
    else high = middle;
  }
  return (times[low] ?? since) - since;
}

/** How often each value comes. */
export function count(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** The ends of all answers that accepted an order, ascending. */
export const acceptedTimes = (journal: readonly JournalEntry[]): number[] =>
  journal
    .flatMap(({ answers }) => answers.filter(isAccepted))
    .map(({ endedAt }) => endedAt)
    .toSorted((a, b) => a - b);

/** What an answer was, for a count. */
export const answerName = ({ status, isLate }: Answer): string =>
  status === null ? (isLate ? "none in time" : "connection ended") : `${status}`;

/**
 * The products of a storm: a third of them sell out one after the other while it lasts, so that alerts open and orders
 * are rejected all the time.
 */
export function stormProducts(ordersPerSecond: number, minutes: number): LabProduct[] {
  const products = 60;
  const threshold = 20;
  // An order has two lines of two units, on average.
  const sold = (ordersPerSecond * 60 * minutes * 4) / products;
  return Array.from({ length: products }, (_, index) => ({
    sku: `SKU-${index + 1}`,
    units: index % 3 === 0 ? threshold + 1 + Math.round((sold * index) / products) : 10_000_000,
    threshold,
  }));
}
