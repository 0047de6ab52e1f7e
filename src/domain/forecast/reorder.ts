// What to reorder of an item, and how many: enough for the time until a delivery arrives and for the days that it should
// last after that, with what customers wait for, less what is here and on its way.

import type { Demand } from "./demand.ts";

/** The most days from an order to its arrival. */
export const leadDaysMax = 366;

/** The largest pack: some pallets of small parts. */
export const packSizeMax = 100_000;

/** The days until a delivery arrives, if nobody said otherwise. */
export const usualLeadDays = 7;

/** The days that what is ordered should last, if nobody said otherwise. */
export const usualCoverDays = 14;

/** What an item's order depends on. */
export type ReorderFacts = {
  readonly demand: Demand | null;
  /** Units in stock; below zero if units were sold that are not there. */
  readonly units: number;
  /** Units that are kept back, so that they serve nobody. */
  readonly keptBack: number;
  /** Promised units that wait. */
  readonly waiting: number;
  /** Units on their way. */
  readonly incoming: number;
  /** Days from an order to its arrival. */
  readonly leadDays: number;
  /** Days that what is ordered should last after it arrived. At least 1. */
  readonly coverDays: number;
  /** The supplier sells multiples of this. At least 1. */
  readonly packSize: number;
};

/** What to order now. `units` is `packs` times the size of a pack. */
export type Reorder = {
  readonly units: number;
  readonly packs: number;
  /** Units that are wanted until the delivery arrives and in the days that it should last. */
  readonly wanted: number;
  /** Units kept for a time that sells more than usual. */
  readonly reserve: number;
};

/** Nine of ten times until a delivery sell no more than the usual plus so many standard deviations. */
const deviations = 1.28;

/**
 * Returns what to order now; null if there is enough. There is enough while what is here and on its way, less what is
 * promised and kept back, lasts longer than a delivery takes, with a reserve.
 */
export function reorder(facts: ReorderFacts): Reorder | null {
  const { demand, units, keptBack, waiting, incoming, leadDays, coverDays, packSize } = facts;
  const unitsPerDay = demand?.unitsPerDay ?? 0;
  const free = units + incoming - waiting - keptBack;
  const untilArrival = unitsPerDay * leadDays;
  const reserve = Math.ceil(deviations * Math.sqrt((demand?.unevenness ?? 1) * untilArrival));
  const isWanted = unitsPerDay > 0 ? free <= untilArrival + reserve : units + incoming < waiting;
  if (!isWanted) return null;
  const wanted = Math.ceil(unitsPerDay * (leadDays + coverDays));
  // What nobody bought is ordered only for those who wait: it need not fill up what is kept back.
  const missing = unitsPerDay > 0 ? wanted + reserve - free : waiting - units - incoming;
  const packs = Math.ceil(missing / packSize);
  return packs <= 0 ? null : { units: packs * packSize, packs, wanted, reserve };
}
