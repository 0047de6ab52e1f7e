// Plays the sales of an item with too little stock, so that a forecast sees only what could be sold. What people wanted is
// known all the same.

import { type DaySales } from "../../src/domain/forecast/demand.ts";
import { partInStock } from "../../src/domain/forecast/days-in-stock.ts";
import type { Sale } from "./read-sales.ts";

/** A delivery fills the shelf up to so many units at the beginning of every so many days. */
export type Supply = { readonly units: number; readonly everyDays: number };

/** Returns the days that a ledger would show. A line that asks for more than is left is lost. */
export function sellFrom(supply: Supply, sales: readonly Sale[], days: number): DaySales[] {
  let left = 0;
  return Array.from({ length: days }, (_, day) => {
    const unitsBefore = left;
    const isDelivery = day % supply.everyDays === 0 && left < supply.units;
    if (isDelivery) left = supply.units;
    let unitsSold = 0;
    let changedAt = isDelivery ? 0 : null;
    for (const sale of sales) {
      if (sale.day !== day || sale.units > left) continue;
      left -= sale.units;
      unitsSold += sale.units;
      changedAt = sale.at;
    }
    const raisedAt = isDelivery ? 0 : null;
    const inStock = partInStock(
      { unitsSold, unitsBefore, unitsAfter: left, raisedAt, changedAt },
      0,
    );
    return { unitsSold, inStock };
  });
}

/** Returns the days of an item that is always there. */
export function sellAll(sales: readonly Sale[], days: number): DaySales[] {
  const sold = Array.from({ length: days }, () => 0);
  for (const { day, units } of sales) sold[day] = (sold[day] ?? 0) + units;
  return sold.map((unitsSold) => ({ unitsSold, inStock: 1 }));
}
