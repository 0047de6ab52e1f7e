// Checks the lines of a cart by the same rules that decide orders.

import type { Item } from "../../db/availability/read-items.ts";
import { planOrder, type RequestedLine } from "../../domain/order/plan-order.ts";
import { heldBack, sellableUnits, type StockHolder } from "../../domain/stock/stock-holder.ts";
import type { CheckedAvailabilityReply } from "../../contract/availability.ts";

type CartLine = { readonly sku: string; readonly quantity: number };
type CheckedLine = CheckedAvailabilityReply["lines"][number];

/** Returns what an order of these lines would get now. Nothing is reserved. */
export function checkLines(
  lines: readonly CartLine[],
  items: ReadonlyMap<string, Item>,
): CheckedAvailabilityReply {
  const asked = lines.flatMap(({ sku }) => items.get(sku) ?? []);
  const holders = new Map(asked.map(({ holder }) => [holder.id, holder]));
  const refusals = lines.map(({ sku }) => refusalOf(items.get(sku)));
  const orderable = lines.filter((_line, index) => refusals[index] === null);
  const shortages = shortagesOf(requested(orderable, items), holders);
  const checked = lines.map((line, index): CheckedLine => {
    const item = items.get(line.sku);
    const refusal = refusals[index] ?? null;
    if (item === undefined || refusal !== null) {
      const nothing = { available: 0, unitsInStock: null, heldBack: 0, preOrdered: 0 };
      return { ...line, acceptable: false, code: refusal, ...nothing };
    }
    const code = shortages.get(item.holder.id) ?? null;
    return { ...line, acceptable: code === null, code, ...countsOf(item.holder), preOrdered: 0 };
  });
  const served = checked.filter((line) => line.acceptable);
  const plan = planOrder(requested(served, items), holderAmong(holders));
  const promised = plan.status === "confirmed" ? plan.lines.map((line) => line.preOrdered) : [];
  return {
    acceptable: served.length === lines.length,
    lines: checked.map((line) =>
      line.acceptable ? { ...line, preOrdered: promised.shift() ?? 0 } : line,
    ),
  };
}

const countsOf = (holder: StockHolder) => ({
  available: sellableUnits(holder),
  unitsInStock: holder.tracked ? holder.units : null,
  heldBack: heldBack(holder),
});

/** The same refusals, in the same order, as at the intake of an order. */
function refusalOf(item: Item | undefined): CheckedLine["code"] {
  if (item === undefined) return "unknown-sku";
  if (!item.enabled) return "disabled";
  return item.variantRequired ? "variant-required" : null;
}

function requested(lines: readonly CartLine[], items: ReadonlyMap<string, Item>): RequestedLine[] {
  return lines.flatMap(({ sku, quantity }) => {
    const item = items.get(sku);
    return item === undefined ? [] : [{ itemId: item.id, holderId: item.holder.id, quantity }];
  });
}

function shortagesOf(
  lines: readonly RequestedLine[],
  holders: ReadonlyMap<number, StockHolder>,
): ReadonlyMap<number, NonNullable<CheckedLine["code"]>> {
  const plan = planOrder(lines, holderAmong(holders));
  const shortages = plan.status === "rejected" ? plan.shortages : [];
  // To a cart, an item that is no longer sold is the same as an unknown SKU.
  return new Map(
    shortages.map(({ holderId, reason }) => [
      holderId,
      reason === "no-longer-sold" ? "unknown-sku" : reason,
    ]),
  );
}

function holderAmong(holders: ReadonlyMap<number, StockHolder>): (id: number) => StockHolder {
  return (id) => {
    const holder = holders.get(id);
    if (holder === undefined) throw new Error(`Stock holder ${id} was not read.`);
    return holder;
  };
}
