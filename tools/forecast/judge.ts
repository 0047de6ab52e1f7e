// Compares forecasts with what was sold afterwards, on real orders: the product's own, and the mean of four weeks.

import { demandDays, demandOf, type DaySales } from "../../src/domain/forecast/demand.ts";
import { type Certainty, forecastRunOut } from "../../src/domain/forecast/run-out.ts";
import { sellAll, sellFrom } from "./limited-stock.ts";
import type { Sale, SalesHistory } from "./read-sales.ts";

/** How far off the forecasts of a method are. */
export type Score = {
  readonly items: number;
  /** The sum of all errors, divided by the units that were wanted. */
  readonly error: number;
  /** The units that were forecast, divided by those that were wanted. */
  readonly bias: number;
};

/** How often the day on which an item ran out was within the range that was given. */
export type RangeScore = {
  readonly items: number;
  readonly before: number;
  readonly within: number;
  readonly after: number;
};

/** A moment that is forecast from, and for how many days. */
type Cut = { readonly at: number; readonly days: number };

/** The moments of a history: every four weeks; a short one is cut once, after two thirds. */
export function cutsOf({ days }: SalesHistory): Cut[] {
  if (days < demandDays * 2) {
    const at = Math.ceil((days * 2) / 3);
    return [{ at, days: days - at }];
  }
  const cuts: Cut[] = [];
  for (let at = demandDays; at + demandDays <= days; at += demandDays)
    cuts.push({ at, days: demandDays });
  return cuts;
}

/** How much stock the played items have. `days`: a delivery fills up what so many days sell, times `share`. */
export type Shelf = { readonly days: number; readonly share: number } | "always";

/** The scores of each method, by how much the items sold before. */
export type Comparison = {
  readonly group: string;
  readonly own: Score;
  readonly meanOfWeeks: Score;
};

const groups = [
  { group: "1 to 9 units sold before", from: 1, to: 9 },
  { group: "10 to 49 units", from: 10, to: 49 },
  { group: "50 units or more", from: 50, to: Infinity },
  { group: "all", from: 1, to: Infinity },
] as const;

/** Forecasts the units of each item that was sold before a cut, and compares them with those that were wanted after it. */
export function compare(history: SalesHistory, shelf: Shelf): Comparison[] {
  const results = cutsOf(history).flatMap((cut) =>
    itemsOf(history, cut.at).map(({ sales }) => forecastItem(sales, history.days, cut, shelf)),
  );
  return groups.map(({ group, from, to }) => {
    const some = results.filter(({ before }) => before >= from && before <= to);
    return {
      group,
      own: score(some.map(({ own, wanted }) => ({ forecast: own, wanted }))),
      meanOfWeeks: score(some.map(({ mean, wanted }) => ({ forecast: mean, wanted }))),
    };
  });
}

function forecastItem(sales: readonly Sale[], allDays: number, cut: Cut, shelf: Shelf) {
  const wantedDays = sellAll(sales, allDays);
  const seen = sellOn(sales, wantedDays, allDays, shelf).slice(
    Math.max(0, cut.at - demandDays),
    cut.at,
  );
  const wanted = unitsOf(wantedDays.slice(cut.at, cut.at + cut.days));
  const own = (demandOf(seen)?.unitsPerDay ?? 0) * cut.days;
  const mean = (unitsOf(seen) / seen.length) * cut.days;
  return { before: unitsOf(wantedDays.slice(0, cut.at)), wanted, own, mean };
}

function sellOn(sales: readonly Sale[], wanted: readonly DaySales[], days: number, shelf: Shelf) {
  if (shelf === "always") return wanted;
  const usual = (unitsOf(wanted) / days) * shelf.days * shelf.share;
  return sellFrom({ units: Math.ceil(usual), everyDays: shelf.days }, sales, days);
}

/** Forecasts when a shelf with the units of half of the time after a cut is empty, and compares that with when it was. */
export function judgeRanges(history: SalesHistory): Map<Certainty, RangeScore> {
  const scores = new Map<Certainty, RangeScore>();
  for (const cut of cutsOf(history)) {
    for (const { sales } of itemsOf(history, cut.at)) {
      const demand = demandOf(
        sellAll(sales, history.days).slice(Math.max(0, cut.at - demandDays), cut.at),
      );
      const units = Math.round(((demand?.unitsPerDay ?? 0) * cut.days) / 2);
      const forecast = forecastRunOut(units, demand);
      if (forecast.kind !== "runs-out") continue;
      const emptied = daysUntilEmpty(sales, units, cut);
      const earlier = scores.get(forecast.certainty) ?? {
        items: 0,
        before: 0,
        within: 0,
        after: 0,
      };
      const place =
        emptied < forecast.daysMin ? "before" : emptied > forecast.daysMax ? "after" : "within";
      scores.set(forecast.certainty, {
        ...earlier,
        items: earlier.items + 1,
        [place]: earlier[place] + 1,
      });
    }
  }
  return scores;
}

/** If units are left at the end, nobody knows how long they would have lasted: it counts as the end. */
function daysUntilEmpty(sales: readonly Sale[], units: number, cut: Cut): number {
  let left = units;
  for (const sale of sales) {
    if (sale.day < cut.at) continue;
    left -= sale.units;
    if (left <= 0) return sale.day + sale.at - cut.at;
  }
  return cut.days;
}

/** The items that were sold before a day. */
function itemsOf({ sales }: SalesHistory, day: number) {
  const bySku = Map.groupBy(sales, ({ sku }) => sku);
  return [...bySku].flatMap(([sku, some]) =>
    some.some((sale) => sale.day < day) ? [{ sku, sales: some }] : [],
  );
}

const unitsOf = (days: readonly DaySales[]): number =>
  days.reduce((sum, { unitsSold }) => sum + unitsSold, 0);

function score(results: readonly { readonly forecast: number; readonly wanted: number }[]): Score {
  let [error, forecast, wanted] = [0, 0, 0];
  for (const result of results) {
    error += Math.abs(result.forecast - result.wanted);
    forecast += result.forecast;
    wanted += result.wanted;
  }
  return { items: results.length, error: error / wanted, bias: forecast / wanted };
}
