// For which part of a day an item could be sold, from its count at both ends of the day.

/** What the ledger tells of one day of an item. Moments are parts of the day, from 0 to 1. */
export type LedgerDay = {
  /** Units that orders took. */
  readonly unitsSold: number;
  /** The count when the day began; null if nothing was counted yet. */
  readonly unitsBefore: number | null;
  /** The count when it ended; null if nothing was counted yet. */
  readonly unitsAfter: number | null;
  /** When units first came in; null if none did. */
  readonly raisedAt: number | null;
  /** When the count changed last; null if it did not. */
  readonly changedAt: number | null;
};

/** When an item can be sold: with more than so many units, or always, by pre-orders or below zero. */
export type SoldAbove = number | "always";

/**
 * The least part that a day with sales counts as. What came in and was gone within minutes would else look as if that much
 * were wanted every few minutes.
 */
const partMin = 0.25;

/**
 * Returns the part of the day on which the item could be sold. A day that begins and ends in stock is a whole one, also if
 * the item was out of stock in between.
 */
export function partInStock(day: LedgerDay, soldAbove: SoldAbove): number {
  const { unitsSold, unitsAfter } = day;
  if (unitsAfter === null) return 0;
  const part = between(day, soldAbove);
  return unitsSold > 0 ? Math.max(partMin, part) : part;
}

function between(day: LedgerDay, soldAbove: SoldAbove): number {
  const { unitsBefore, unitsAfter, raisedAt, changedAt } = day;
  if (soldAbove === "always") return unitsBefore === null ? 1 - (raisedAt ?? 0) : 1;
  const from = (unitsBefore ?? -Infinity) > soldAbove ? 0 : raisedAt;
  // Out of stock all day.
  if (from === null) return (unitsAfter ?? -Infinity) > soldAbove ? 1 : 0;
  const until = (unitsAfter ?? -Infinity) > soldAbove ? 1 : (changedAt ?? 0);
  // Units that came in without making it sellable.
  if (from > 0 && until < 1 && day.unitsSold === 0) return 0;
  return Math.min(1, Math.max(0, until - from));
}
