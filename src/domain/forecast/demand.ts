// How many units of an item are wanted in a day, from what it sold while it could be sold. What was not in stock was not
// sold, so days without stock say nothing about what people wanted.

/** The days that a forecast looks back. Four weeks have each day of the week equally often. */
export const demandDays = 28;

/** What an item sold on one day. `inStock`: the part of the day on which it could be sold, from 0 to 1. */
export type DaySales = { readonly unitsSold: number; readonly inStock: number };

/** The demand of an item. */
export type Demand = {
  /** Units that a day with stock sells. */
  readonly unitsPerDay: number;
  /** Units that were sold on those days. */
  readonly unitsSold: number;
  /** How many of them are not expected again, because one day sold far more than the others. */
  readonly unusual: number;
  /** The days on which it was in stock; parts of days are added up. */
  readonly daysInStock: number;
  /**
   * How uneven the days are: the variance of a day's sales, divided by their mean. 1 if single units sell at random
   * times; more if they are bought many at a time. At least 1.
   */
  readonly unevenness: number;
};

/**
 * The day that sold most counts as at most so many times the mean of the others. One order of a whole pallet does not come
 * again every few weeks. On real orders this takes a sixth off the error (docs/forecast.md).
 */
export const usualTimes = 8;

/**
 * Returns the demand of these days: the units sold, divided by the days in stock. A day of which only a part was in stock
 * counts as that part, but all together as one day at least: an hour of sales does not tell what a day sells. One day that
 * sold far more than the others counts as `usualTimes` of them. Returns null if the item was never in stock, so that
 * nothing can be said. The order of the days does not matter.
 */
export function demandOf(days: readonly DaySales[]): Demand | null {
  const counted = days.filter(({ inStock }) => inStock > 0);
  const daysInStock = total(counted.map(({ inStock }) => inStock));
  if (daysInStock === 0) return null;
  const unitsSold = total(counted.map((day) => day.unitsSold));
  const unusual = unusualUnits(counted);
  const unitsPerDay = (unitsSold - unusual) / Math.max(1, daysInStock);
  const unevenness = unevennessOf(counted, unitsPerDay);
  return { unitsPerDay, unitsSold, unusual, daysInStock, unevenness };
}

/** If one day alone sold anything, there is nothing that tells whether it is usual. */
function unusualUnits(days: readonly DaySales[]): number {
  const [most = 0, second = 0, ...less] = days
    .map(({ unitsSold }) => unitsSold)
    .toSorted((one, other) => other - one);
  const others = second + total(less);
  if (others === 0) return 0;
  return Math.max(0, most - Math.max(second, (usualTimes * others) / (days.length - 1)));
}

/** With one day there is nothing to compare, so its units count as sold one by one. */
function unevennessOf(days: readonly DaySales[], unitsPerDay: number): number {
  if (days.length < 2 || unitsPerDay === 0) return 1;
  const squares = days.map(({ unitsSold, inStock }) => (unitsSold - unitsPerDay * inStock) ** 2);
  return Math.max(1, total(squares) / (days.length - 1) / unitsPerDay);
}

const total = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);
