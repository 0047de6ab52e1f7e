// Who gets units that came in, case by case.

import { describe, expect, test } from "vitest";
import {
  allocateUnits,
  unitsToGive,
  type WaitingLine,
} from "../../../src/domain/order/allocate-units.ts";
import { buildHolder } from "../support/build-holder.ts";

/** A waiting line: the order's id, the line, the holder that it draws on, and the units that it waits for. */
const waits = (
  orderId: string,
  line: number,
  holderId: number | null,
  preOrdered: number,
): WaitingLine => ({ orderId, line, itemId: 10 + (holderId ?? 0), holderId, preOrdered });

/** What each line gets, as `order/line: units`, and which orders are ready. */
function given(lines: readonly WaitingLine[], units: Readonly<Record<number, number>>) {
  const plan = allocateUnits(
    lines,
    new Map(Object.entries(units).map(([id, count]) => [Number(id), count])),
  );
  return {
    got: plan.orders.flatMap(({ lines: served }) =>
      served.map((line) => `${line.orderId}/${line.line}: ${line.units}`),
    ),
    ready: plan.orders.filter(({ ready }) => ready).map(({ id }) => id),
    left: Object.fromEntries(plan.unitsLeft),
  };
}

describe("units that came in", () => {
  test.each([
    {
      title: "nobody waits: all are left",
      lines: [],
      units: { 1: 10 },
      expected: { got: [], ready: [], left: { 1: 10 } },
    },
    {
      title: "8 are promised, 10 arrive: 2 are left",
      lines: [waits("a", 0, 1, 3), waits("b", 0, 1, 5)],
      units: { 1: 10 },
      expected: { got: ["a/0: 3", "b/0: 5"], ready: ["a", "b"], left: { 1: 2 } },
    },
    {
      title: "too few: the order that was accepted first gets all, the next one a part",
      lines: [waits("b", 0, 1, 5), waits("a", 0, 1, 3), waits("c", 0, 1, 1)],
      units: { 1: 4 },
      expected: { got: ["a/0: 3", "b/0: 1"], ready: ["a"], left: { 1: 0 } },
    },
    {
      title: "a small order does not overtake a large one that was accepted before it",
      lines: [waits("a", 0, 1, 100), waits("b", 0, 1, 1)],
      units: { 1: 50 },
      expected: { got: ["a/0: 50"], ready: [], left: { 1: 0 } },
    },
    {
      title: "two lines of one order draw on one holder",
      lines: [waits("a", 0, 1, 2), waits("a", 1, 1, 2)],
      units: { 1: 3 },
      expected: { got: ["a/0: 2", "a/1: 1"], ready: [], left: { 1: 0 } },
    },
    {
      title: "an order that still waits for another item is not ready",
      lines: [waits("a", 0, 1, 2), waits("a", 1, null, 1), waits("b", 0, 1, 1)],
      units: { 1: 3 },
      expected: { got: ["a/0: 2", "b/0: 1"], ready: ["b"], left: { 1: 0 } },
    },
    {
      title: "units of two holders that come together make an order ready",
      lines: [waits("a", 0, 1, 2), waits("a", 1, 2, 1)],
      units: { 1: 2, 2: 5 },
      expected: { got: ["a/0: 2", "a/1: 1"], ready: ["a"], left: { 1: 0, 2: 4 } },
    },
    {
      title: "a holder without units gives none",
      lines: [waits("a", 0, 1, 2)],
      units: { 1: 0 },
      expected: { got: [], ready: [], left: { 1: 0 } },
    },
  ])("$title", ({ lines, units, expected }) => {
    expect(given(lines, units)).toEqual(expected);
  });

  test("are written once for each order and holder, each count following from the last", () => {
    const lines = [waits("a", 0, 1, 2), waits("a", 1, 1, 2), waits("b", 0, 1, 3)];
    expect(allocateUnits(lines, new Map([[1, 10]])).allocations).toEqual([
      { orderId: "a", holderId: 1, change: -4, unitsAfter: 6 },
      { orderId: "b", holderId: 1, change: -3, unitsAfter: 3 },
    ]);
  });
});

describe("the units that a holder gives", () => {
  test.each([
    { title: "are all that it has", holder: { units: 5 }, expected: 5 },
    { title: "are not kept back by a threshold", holder: { units: 5, threshold: 9 }, expected: 5 },
    {
      title: "are given if pre-order was switched off since",
      holder: { units: 5, allowPreOrder: false },
      expected: 5,
    },
    { title: "are none if it has none", holder: { units: 0 }, expected: 0 },
    {
      title: "are none if negative stock is allowed",
      holder: { units: 5, allowNegativeStock: true },
      expected: 0,
    },
    { title: "are none if it is not tracked", holder: { units: 5, tracked: false }, expected: 0 },
    { title: "are none if it is out of use", holder: { units: 5, inUse: false }, expected: 0 },
  ])("$title", ({ holder, expected }) => {
    expect(unitsToGive(buildHolder(holder))).toBe(expected);
  });
});
