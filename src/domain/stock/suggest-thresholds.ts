// Suggests both thresholds of an item from what it sold lately. A person decides whether to use them.

/** How many days back sales are counted. */
export const suggestionDays = 28;

/** A suggestion warns while the units last for so many days. */
export const coverDays = 14;

/** The fewest days of sales that a suggestion is made from. Fewer say little about a week. */
export const historyDaysMin = 7;

/** The units that an item sold in its last `days` days. An item that is younger than `suggestionDays` has fewer days. */
export type RecentSales = { readonly unitsSold: number; readonly days: number };

/** Both thresholds. */
export type SuggestedThresholds = {
  readonly stockAlertThreshold: number;
  readonly outOfStockThreshold: number;
};

/**
 * Suggests to warn when only the sales of `coverDays` days are left, and to keep the sales of one day back, for units that
 * are damaged, lost or counted wrong. What sells less than a unit a day keeps none back. Returns null if nothing was sold
 * or the item is too young.
 */
export function suggestThresholds({ unitsSold, days }: RecentSales): SuggestedThresholds | null {
  if (unitsSold <= 0 || days < historyDaysMin) return null;
  return {
    stockAlertThreshold: Math.ceil((unitsSold * coverDays) / days),
    outOfStockThreshold: Math.floor(unitsSold / days),
  };
}
