// What must hold for every batch on every store: the promises that the rest of the system is built on.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type BatchPlan,
  type PendingOrder,
  planBatch,
  type Sale,
} from "../../../src/domain/order/plan-batch.ts";
import { alertStateOf, type AlertTransition } from "../../../src/domain/stock/alert-transition.ts";
import { isOutOfStock, limitOf, type StockHolder } from "../../../src/domain/stock/stock-holder.ts";
import { arbitraryBatch, type Batch } from "../support/arbitrary-batch.ts";
import { deepFreeze } from "../support/deep-freeze.ts";

function forEveryBatch(check: (batch: Batch, plan: BatchPlan) => void): void {
  fc.assert(
    fc.property(arbitraryBatch, (batch) => check(batch, planBatch(batch.orders, batch.holders))),
    { numRuns: 500 },
  );
}

/** Each holder with its sales in the batch, in their order. */
function salesByHolder(batch: Batch, plan: BatchPlan): { holder: StockHolder; sales: Sale[] }[] {
  return [...batch.holders.values()].map((holder) => ({
    holder,
    sales: plan.sales.filter(({ holderId }) => holderId === holder.id),
  }));
}

const after = (plan: BatchPlan, holder: StockHolder): StockHolder =>
  plan.holders.find(({ id }) => id === holder.id) ?? holder;

describe("for every batch", () => {
  test("a holder without exceptions keeps back what its threshold says, and never sells when out of stock", () => {
    forEveryBatch((batch, plan) => {
      for (const { holder, sales } of salesByHolder(batch, plan)) {
        if (holder.allowNegativeStock || holder.allowPreOrder) continue;
        let { units } = holder;
        for (const sale of sales) {
          expect(isOutOfStock({ ...holder, units })).toBe(false);
          expect(sale.unitsAfter).toBeGreaterThanOrEqual(holder.outOfStockThreshold ?? 0);
          units = sale.unitsAfter;
        }
      }
    });
  });

  test("only a holder that allows negative stock goes below zero", () => {
    forEveryBatch((batch, plan) => {
      const belowZero = plan.holders.filter(({ units }) => units < 0);
      expect(belowZero.every(({ allowNegativeStock }) => allowNegativeStock)).toBe(true);
    });
  });

  test("the ledger equals the level: start and changes make the units, each following from the last", () => {
    forEveryBatch((batch, plan) => {
      for (const { holder, sales } of salesByHolder(batch, plan)) {
        let { units } = holder;
        for (const { change, unitsAfter } of sales) {
          expect(change).toBeLessThan(0);
          expect(unitsAfter).toBe(units + change);
          units = unitsAfter;
        }
        expect(after(plan, holder).units).toBe(units);
      }
    });
  });

  test("the changed holders are exactly those that sold, changed in units and alert only", () => {
    forEveryBatch((batch, plan) => {
      const changed = plan.holders.map(({ id }) => id);
      expect(new Set(changed)).toEqual(new Set(plan.sales.map(({ holderId }) => holderId)));
      expect(new Set(changed).size).toBe(changed.length);
      for (const holder of plan.holders) {
        const { units, alert } = holder;
        expect({ ...batch.holders.get(holder.id), units, alert }).toEqual(holder);
      }
    });
  });

  test("every order is decided once, in order of acceptance", () => {
    forEveryBatch(({ orders }, plan) => {
      expect(plan.orders.map(({ id }) => id)).toEqual(orders.map(({ id }) => id));
    });
  });

  test("a rejected order sells nothing and is told why", () => {
    forEveryBatch((_batch, plan) => {
      for (const { id, plan: decision } of plan.orders) {
        if (decision.status === "confirmed") continue;
        expect(plan.sales.filter(({ orderId }) => orderId === id)).toEqual([]);
        expect(decision.shortages).not.toEqual([]);
      }
    });
  });

  test("a confirmed order gets every unit of every line, from stock or promised", () => {
    forEveryBatch(({ orders }, plan) => {
      for (const [index, { plan: decision }] of plan.orders.entries()) {
        if (decision.status === "rejected") continue;
        expect(decision.lines).toMatchObject(orders[index]?.lines ?? []);
        for (const { tracked, quantity, allocated, preOrdered } of decision.lines) {
          expect(allocated + preOrdered).toBe(tracked ? quantity : 0);
          expect(Math.min(allocated, preOrdered)).toBeGreaterThanOrEqual(0);
        }
      }
    });
  });

  test("an order sells on each holder, in one sale, what its lines were allocated from it", () => {
    forEveryBatch((_batch, plan) => {
      for (const { id, plan: decision } of plan.orders) {
        if (decision.status === "rejected") continue;
        const allocated = new Map<number, number>();
        for (const line of decision.lines) {
          if (line.allocated === 0) continue;
          allocated.set(line.holderId, (allocated.get(line.holderId) ?? 0) + line.allocated);
        }
        const sold = plan.sales
          .filter(({ orderId }) => orderId === id)
          .map(({ holderId, change }) => [holderId, -change] as const);
        expect(sold).toHaveLength(allocated.size);
        expect(new Map(sold)).toEqual(allocated);
      }
    });
  });

  test("every decision is the one that the rules give for the units as they stood", () => {
    forEveryBatch((batch, plan) => {
      const units = new Map([...batch.holders.values()].map((holder) => [holder.id, holder.units]));
      for (const [index, { id, plan: decision }] of plan.orders.entries()) {
        const demands = demandsOf(batch.orders[index]?.lines ?? []);
        const refused = [...demands].filter(([holderId, demand]) =>
          refuses(batch.holders.get(holderId), units.get(holderId) ?? 0, demand),
        );
        expect(decision.status).toBe(refused.length > 0 ? "rejected" : "confirmed");
        for (const sale of plan.sales) {
          if (sale.orderId === id) units.set(sale.holderId, sale.unitsAfter);
        }
      }
    });
  });

  test("each crossing of a level is one piece of news, on the sale that crossed, and sales end no alert", () => {
    forEveryBatch((batch, plan) => {
      for (const { holder, sales } of salesByHolder(batch, plan)) {
        const stateAt = (units: number) => alertStateOf({ ...holder, units });
        const crossed = sales
          .filter(({ change, unitsAfter }) => stateAt(unitsAfter) !== stateAt(unitsAfter - change))
          .map(({ orderId }) => orderId);
        const alerts = plan.alerts.filter(({ holderId }) => holderId === holder.id);
        const news = alerts.filter(({ transition }) => isNews(transition));
        expect(news.map(({ orderId }) => orderId)).toEqual(crossed);
        const kinds = new Set(alerts.map(({ transition }) => transition.kind));
        expect(kinds.has("ended") || kinds.has("eased")).toBe(false);
        for (const alert of alerts) {
          const sale = sales.find(({ orderId }) => orderId === alert.orderId);
          expect(alert).toMatchObject({
            units: sale?.unitsAfter,
            limit: limitOf(holder),
          });
        }
        if (sales.length > 0)
          expect(after(plan, holder).alert).toBe(alertStateOf(after(plan, holder)));
      }
    });
  });

  test("planning the batch equals planning its orders one by one", () => {
    forEveryBatch((batch, plan) => {
      const holders = new Map(batch.holders);
      const oneByOne = batch.orders.map((order) => {
        const single = planBatch([order], holders);
        for (const holder of single.holders) holders.set(holder.id, holder);
        return single;
      });
      expect(plan.orders).toEqual(oneByOne.flatMap(({ orders }) => orders));
      expect(plan.sales).toEqual(oneByOne.flatMap(({ sales }) => sales));
      expect(plan.alerts).toEqual(oneByOne.flatMap(({ alerts }) => alerts));
      for (const holder of holders.values()) {
        expect(after(plan, batch.holders.get(holder.id) ?? holder)).toEqual(holder);
      }
    });
  });

  test("planning changes none of its arguments", () => {
    fc.assert(
      fc.property(arbitraryBatch, (batch) => {
        const before = structuredClone(batch);
        deepFreeze(batch);
        planBatch(batch.orders, batch.holders);
        expect(batch).toEqual(before);
      }),
    );
  });
});

const isNews = (transition: AlertTransition) =>
  transition.kind === "worsened" || (transition.kind === "opened" && !transition.quiet);

function demandsOf(lines: PendingOrder["lines"]): Map<number, number> {
  const demands = new Map<number, number>();
  for (const { holderId, quantity } of lines) {
    demands.set(holderId, (demands.get(holderId) ?? 0) + quantity);
  }
  return demands;
}

/** The fourth rule of the domain, in its own words. */
function refuses(holder: StockHolder | undefined, units: number, demand: number): boolean {
  if (holder === undefined) throw new Error("The batch names a holder that its store lacks.");
  if (!holder.tracked) return false;
  if (!holder.inUse) return true;
  if (holder.allowNegativeStock || holder.allowPreOrder) return false;
  if (holder.outOfStockThreshold !== null) return demand > units - holder.outOfStockThreshold;
  return units <= Math.max(0, holder.threshold ?? 0) || demand > units;
}
