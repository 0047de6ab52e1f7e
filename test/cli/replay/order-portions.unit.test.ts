import { expect, test } from "vitest";
import type { HistoryOrder } from "../../../src/cli/replay/group-orders.ts";
import { portionsOf } from "../../../src/cli/replay/order-portions.ts";

function orders(count: number, lines: number): HistoryOrder[] {
  return Array.from({ length: count }, (_, index) => ({
    reference: `R${index}`,
    lines: Array.from({ length: lines }, (_line, sku) => ({ sku: `S${sku}`, quantity: 1 })),
  }));
}

test("portions hold all orders in their order, and no more each than they may", () => {
  const all = orders(25, 1);
  const portions = [...portionsOf(all, 10)];
  expect(portions.map((portion) => portion.length)).toEqual([10, 10, 5]);
  expect(portions.flat()).toEqual(all);
});

test("a portion of the largest orders fits into one request's megabyte", () => {
  const all = orders(200, 1_000);
  const portions = [...portionsOf(all)];
  expect(portions.flat()).toEqual(all);
  const sizes = portions.map((portion) => JSON.stringify({ orders: portion }).length);
  expect(Math.max(...sizes)).toBeLessThan(1_000_000);
  expect(portions.length).toBeLessThan(30);
});

test("nothing to post is no portion", () => {
  expect([...portionsOf([])]).toEqual([]);
});
