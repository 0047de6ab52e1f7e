// Months of the ledger, by which it is closed. They are those of UTC, so that they mean the same on every machine.

/** A month: its name such as 2024-03, its first moment, and the first moment after it. */
export type LedgerMonth = { readonly name: string; readonly begins: Date; readonly ends: Date };

/**
 * How many days ago a month must have ended before it can be closed. Charts and forecasts look back 366 days at most, and must
 * find every sale of these days.
 */
export const closedAfterDays = 400;

const dayMs = 86_400_000;

/** The month of this name; null if it is none. */
export function monthNamed(name: string): LedgerMonth | null {
  const found = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(name);
  return found === null ? null : monthOf(Number(found[1]), Number(found[2]) - 1);
}

/** The month that a moment is in. */
export function monthAt(moment: Date): LedgerMonth {
  return monthOf(moment.getUTCFullYear(), moment.getUTCMonth());
}

/** The next month. */
export function monthAfter({ ends }: LedgerMonth): LedgerMonth {
  return monthAt(ends);
}

/** `month` counts from 0, and 12 is the first month of the next year. */
function monthOf(year: number, month: number): LedgerMonth {
  const begins = new Date(Date.UTC(year, month));
  const ends = new Date(Date.UTC(year, month + 1));
  return { name: begins.toISOString().slice(0, 7), begins, ends };
}

/** When a month can be closed at the earliest. */
export function closableFrom({ ends }: LedgerMonth): Date {
  return new Date(ends.getTime() + closedAfterDays * dayMs);
}

/** Why a month can't be closed. `place` and `beginning` are places of the feed. */
export type Unclosable =
  | { readonly kind: "too-young"; readonly from: Date }
  | { readonly kind: "closed-before" }
  | { readonly kind: "earlier-open"; readonly earliest: string }
  | { readonly kind: "empty" }
  | { readonly kind: "in-feed"; readonly beginning: string; readonly place: string };

/** What the ledger says of its open part: its earliest movement, and the last closed month. Null if there is none. */
export type OpenLedger = { readonly firstAt: Date | null; readonly lastClosed: LedgerMonth | null };

/**
 * Decides whether a month can be closed, by the time alone: null if nothing is against it. A movement that was written as a
 * closed month ended belongs to the month after it.
 */
export function whyUnclosable(
  month: LedgerMonth,
  { firstAt, lastClosed }: OpenLedger,
  now: Date,
): Unclosable | null {
  if (lastClosed !== null && month.begins <= lastClosed.begins) return { kind: "closed-before" };
  const from = closableFrom(month);
  if (now < from) return { kind: "too-young", from };
  if (firstAt === null) return { kind: "empty" };
  const next = lastClosed === null ? null : monthAfter(lastClosed);
  const first = monthAt(firstAt);
  const earliest = next !== null && next.begins > first.begins ? next : first;
  if (month.begins > earliest.begins) return { kind: "earlier-open", earliest: earliest.name };
  return month.begins < earliest.begins ? { kind: "empty" } : null;
}
