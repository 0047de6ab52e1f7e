import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { demandOf } from "../../../src/domain/forecast/demand.ts";
import { reorder, type ReorderFacts } from "../../../src/domain/forecast/reorder.ts";
import { reorderWords } from "../../../src/domain/forecast/reorder-words.ts";

const sells = (unitsSold: number, days = 28) =>
  demandOf(Array.from({ length: days }, () => ({ unitsSold, inStock: 1 })));

/** Sells 3 a day: 21 until a delivery arrives with 6 in reserve, and 42 after that. */
const usual: ReorderFacts = {
  demand: sells(3),
  units: 20,
  keptBack: 0,
  waiting: 0,
  incoming: 0,
  leadDays: 7,
  coverDays: 14,
  packSize: 1,
};

describe("what to reorder", () => {
  test.each<[string, Partial<ReorderFacts>, number | null]>([
    ["fills up for the delivery's time and two weeks", {}, 49],
    ["is nothing while there is enough", { units: 28 }, null],
    ["begins when the delivery's time and the reserve are reached", { units: 27 }, 42],
    ["counts what is on its way", { incoming: 8 }, null],
    ["serves those who wait, too", { waiting: 10 }, 59],
    ["can't use what is kept back", { keptBack: 5 }, 54],
    ["replaces what was sold below zero", { units: -4 }, 73],
    ["is whole packs", { packSize: 12 }, 60],
    ["is less for a supplier next door", { units: 3, leadDays: 1 }, 45],
    ["of what nobody buys is nothing", { demand: sells(0), units: 0 }, null],
    ["of what nobody could buy is nothing", { demand: null, units: 0 }, null],
    [
      "of what only pre-orders wait for is what they wait for",
      { demand: null, units: 0, waiting: 5 },
      5,
    ],
    [
      "is nothing if enough for them comes",
      { demand: null, units: 0, waiting: 5, incoming: 5 },
      null,
    ],
  ])("%s", (_words, changes, units) => {
    expect(reorder({ ...usual, ...changes })?.units ?? null).toBe(units);
  });

  const facts = fc.record({
    demand: fc.oneof(
      fc.constant(null),
      fc.nat(40).map((units) => sells(units)),
      fc.nat(9).map((units) => sells(units, 3)),
    ),
    units: fc.integer({ min: -50, max: 2_000 }),
    keptBack: fc.nat(20),
    waiting: fc.nat(50),
    incoming: fc.nat(500),
    leadDays: fc.nat(60),
    coverDays: fc.integer({ min: 1, max: 60 }),
    packSize: fc.integer({ min: 1, max: 48 }),
  });

  test("is whole packs, and nothing more is to be ordered once it is on its way", () => {
    fc.assert(
      fc.property(facts, (some) => {
        const order = reorder(some);
        if (order === null) return;
        expect(order.units).toBe(order.packs * some.packSize);
        expect(order.units).toBeGreaterThan(0);
        expect(reorder({ ...some, incoming: some.incoming + order.units })).toBeNull();
      }),
    );
  });

  test("covers the time until it arrives and the days after that", () => {
    fc.assert(
      fc.property(facts, (some) => {
        const order = reorder(some);
        if (order === null || some.demand === null) return;
        const days = some.leadDays + some.coverDays;
        const free = some.units + some.incoming - some.waiting - some.keptBack;
        if (some.demand.unitsPerDay === 0) return;
        expect(order.units % some.packSize).toBe(0);
        expect(free + order.units).toBeGreaterThanOrEqual(some.demand.unitsPerDay * days);
      }),
    );
  });

  test("is never less for more promises, and never more than a pack too much", () => {
    fc.assert(
      fc.property(facts, fc.nat(50), (some, more) => {
        const order = reorder(some);
        if (order === null) return;
        const ofMore = reorder({ ...some, waiting: some.waiting + more });
        expect(ofMore?.units ?? 0).toBeGreaterThanOrEqual(order.units);
        const free = some.units + some.incoming - some.waiting;
        const enough = order.wanted + order.reserve + some.keptBack;
        expect(free + order.units).toBeLessThan(Math.max(0, enough) + some.packSize);
      }),
    );
  });

  test.each<[Partial<ReorderFacts>, string]>([
    [
      {},
      "Sells 3 a day on the 28 days it was in stock; 7 days until it arrives and 14 after that need 63 and 6 in reserve; 20 here.",
    ],
    [
      { demand: sells(9, 1), units: -4, keptBack: 2, waiting: 5, incoming: 3, packSize: 12 },
      "Sells 9 a day on the one day it was in stock; 7 days until it arrives and 14 after that need 189 and 11 in reserve; 4 too many were sold, 2 kept back, 5 promised, 3 on the way; packs of 12.",
    ],
    [
      { demand: null, units: 0, waiting: 5 },
      "Nothing was sold lately, and customers wait; 0 here, 5 promised.",
    ],
  ])("says why: %o", (changes, words) => {
    const some = { ...usual, ...changes };
    const order = reorder(some);
    expect(order && reorderWords(some, order, String)).toBe(words);
  });
});
