// What can be expected of a stock holder, from its count, its settings and the last days of its ledger.

import { outOfStockAt, type SellableCount } from "../stock/stock-holder.ts";
import { type LedgerDay, partInStock, type SoldAbove } from "./days-in-stock.ts";
import { type Demand, demandOf } from "./demand.ts";
import { forecastRunOut, type RunOut } from "./run-out.ts";

/** What can be expected. `demand` is null if the item was not in stock on any of the days. */
export type Outlook = {
  readonly unitsSold: number;
  readonly unitsSoldInWeek: number;
  readonly demand: Demand | null;
  readonly runOut: RunOut;
};

/** With how many units the holder is still sold. It always is with pre-orders, or if it may have less than none. */
export function soldAbove(holder: SellableCount): SoldAbove {
  return holder.allowPreOrder || holder.allowNegativeStock ? "always" : outOfStockAt(holder);
}

/** The units that are kept back, so that no order gets them. */
export function keptBack(holder: SellableCount): number {
  const above = soldAbove(holder);
  return above === "always" ? 0 : above;
}

/** Returns the outlook. `days` are the days of the ledger, the oldest first. */
export function outlookOf(holder: SellableCount, days: readonly LedgerDay[]): Outlook {
  const above = soldAbove(holder);
  const demand = demandOf(
    days.map((day) => ({ unitsSold: day.unitsSold, inStock: partInStock(day, above) })),
  );
  return {
    unitsSold: soldOn(days),
    unitsSoldInWeek: soldOn(days.slice(-7)),
    demand,
    runOut: forecastRunOut(holder.units - keptBack(holder), demand),
  };
}

const soldOn = (days: readonly LedgerDay[]): number =>
  days.reduce((sum, { unitsSold }) => sum + unitsSold, 0);
