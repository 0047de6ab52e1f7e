// What must hold whoever waits and whatever comes in, and over any course of a store with pre-orders.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  allocateUnits,
  type AllocationPlan,
  type WaitingLine,
} from "../../../src/domain/order/allocate-units.ts";
import { anyCourse, startCourse } from "../support/pre-order-course.ts";
import { deepFreeze } from "../support/deep-freeze.ts";

type Waiting = {
  readonly lines: readonly WaitingLine[];
  readonly units: ReadonlyMap<number, number>;
};

const holderIds = [1, 2, 3] as const;

/** Orders that wait, each with all its waiting lines, and the units of three holders. */
const anyWaiting: fc.Arbitrary<Waiting> = fc.record({
  lines: fc
    .array(
      fc.array(
        fc.record({
          holderId: fc.constantFrom(...holderIds, null),
          preOrdered: fc.integer({ min: 1, max: 5 }),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      { maxLength: 8 },
    )
    .map((orders) =>
      orders.flatMap((lines, order) =>
        lines.map((line, number) => ({
          ...line,
          orderId: `order-${order}`,
          line: number,
          itemId: 10 + (line.holderId ?? 0),
        })),
      ),
    ),
  units: fc
    .tuple(...holderIds.map(() => fc.integer({ min: -2, max: 25 })))
    .map((counts) => new Map(holderIds.map((id, index) => [id, counts[index] ?? 0]))),
});

function forAllWaiting(check: (waiting: Waiting, plan: AllocationPlan) => void): void {
  fc.assert(
    fc.property(anyWaiting, (waiting) =>
      check(waiting, allocateUnits(waiting.lines, waiting.units)),
    ),
    { numRuns: 1_000 },
  );
}

/** The units that the plan gives to each of the lines, in their order. */
function unitsGiven({ lines }: Waiting, plan: AllocationPlan): readonly number[] {
  const given = new Map(
    plan.orders.flatMap(({ lines: served }) =>
      served.map(({ orderId, line, units }) => [`${orderId}/${line}`, units] as const),
    ),
  );
  return lines.map(({ orderId, line }) => given.get(`${orderId}/${line}`) ?? 0);
}

describe("whoever waits and whatever comes in", () => {
  test("a line gets no more than it waits for, and a holder gives no more than it has", () => {
    forAllWaiting((waiting, plan) => {
      for (const [index, units] of unitsGiven(waiting, plan).entries()) {
        expect(units).toBeLessThanOrEqual(waiting.lines[index]?.preOrdered ?? 0);
      }
      for (const [id, left] of plan.unitsLeft) {
        const units = waiting.units.get(id) ?? 0;
        expect(left).toBeGreaterThanOrEqual(Math.min(units, 0));
        expect(left).toBeLessThanOrEqual(units);
      }
    });
  });

  test("first come, first served: a line gets units only if no earlier one of its holder still waits", () => {
    forAllWaiting((waiting, plan) => {
      const given = unitsGiven(waiting, plan);
      for (const holderId of holderIds) {
        let someoneWaits = false;
        for (const [index, line] of waiting.lines.entries()) {
          if (line.holderId !== holderId) continue;
          const units = given[index] ?? 0;
          expect(someoneWaits && units > 0).toBe(false);
          someoneWaits ||= units < line.preOrdered;
        }
      }
    });
  });

  test("a holder keeps units only if none of its lines waits any more", () => {
    forAllWaiting((waiting, plan) => {
      const given = unitsGiven(waiting, plan);
      for (const [index, { holderId, preOrdered }] of waiting.lines.entries()) {
        if (holderId === null || (plan.unitsLeft.get(holderId) ?? 0) <= 0) continue;
        expect(given[index]).toBe(preOrdered);
      }
    });
  });

  test("an order is ready if and only if it got units and none of its lines waits any more", () => {
    forAllWaiting((waiting, plan) => {
      const given = unitsGiven(waiting, plan);
      for (const { id, ready } of plan.orders) {
        const left = waiting.lines.map(({ orderId, preOrdered }, index) =>
          orderId === id ? preOrdered - (given[index] ?? 0) : 0,
        );
        expect(ready).toBe(left.every((units) => units === 0));
      }
    });
  });

  test("the ledger equals the levels and the lines", () => {
    forAllWaiting((waiting, plan) => {
      const units = new Map(waiting.units);
      for (const { holderId, change, unitsAfter } of plan.allocations) {
        expect(change).toBeLessThan(0);
        expect(unitsAfter).toBe((units.get(holderId) ?? 0) + change);
        units.set(holderId, unitsAfter);
      }
      expect(units).toEqual(plan.unitsLeft);
      const pairs = plan.allocations.map(({ orderId, holderId }) => `${orderId}/${holderId}`);
      expect(new Set(pairs).size).toBe(pairs.length);
      const given = unitsGiven(waiting, plan).reduce((sum, count) => sum + count, 0);
      expect(plan.allocations.reduce((sum, { change }) => sum - change, 0)).toBe(given);
    });
  });

  test("the order in which lines are given does not matter", () => {
    fc.assert(
      fc.property(
        anyWaiting.chain((waiting) =>
          fc.tuple(
            fc.constant(waiting),
            fc.shuffledSubarray([...waiting.lines], { minLength: waiting.lines.length }),
          ),
        ),
        ([{ lines, units }, shuffled]) => {
          expect(allocateUnits(shuffled, units)).toEqual(allocateUnits(lines, units));
        },
      ),
      { numRuns: 500 },
    );
  });

  test("two portions, the older orders first, give the same as one", () => {
    fc.assert(
      fc.property(anyWaiting, fc.nat(8), ({ lines, units }, middle) => {
        const older = lines.filter(({ orderId }) => orderId < `order-${middle}`);
        const first = allocateUnits(older, units);
        const second = allocateUnits(lines.slice(older.length), first.unitsLeft);
        expect({
          orders: [...first.orders, ...second.orders],
          allocations: [...first.allocations, ...second.allocations],
          unitsLeft: second.unitsLeft,
        }).toEqual(allocateUnits(lines, units));
      }),
      { numRuns: 500 },
    );
  });

  test("an allocation changes none of its arguments", () => {
    fc.assert(
      fc.property(anyWaiting, (waiting) => {
        const before = structuredClone(waiting);
        deepFreeze(waiting);
        allocateUnits(waiting.lines, waiting.units);
        expect(waiting).toEqual(before);
      }),
    );
  });
});

describe("over any course of orders, receipts, cancellations, restocks and counts", () => {
  /** Runs courses and checks the store after each step. */
  const afterEachStep = (
    check: (store: ReturnType<typeof startCourse>, taken: ReadonlyMap<string, number>) => void,
  ) =>
    fc.assert(
      fc.property(anyCourse, (steps) => {
        const store = startCourse();
        for (const step of steps) check(store, store.take(step));
      }),
      { numRuns: 1_000 },
    );

  test("a line gets units only if nobody who was accepted before it still waits for that item's units", () => {
    afterEachStep((store, taken) => {
      for (const holderId of store.holderIds) {
        const [first] = store.lines().filter((l) => l.holderId === holderId && l.preOrdered > 0);
        if (first === undefined) continue;
        const overtook = store
          .lines()
          .filter((l) => l.holderId === holderId && l.orderId > first.orderId)
          .filter((l) => (taken.get(`${l.orderId}/${l.line}`) ?? 0) > 0);
        expect(overtook).toEqual([]);
      }
    });
  });

  test("promised, allocated and released units are the quantity of each line", () => {
    afterEachStep((store) => {
      for (const line of store.lines()) {
        expect(line.preOrdered + line.allocated + line.released).toBe(line.quantity);
        expect(line.released).toBeLessThanOrEqual(line.givenUp);
        expect(Math.min(line.preOrdered, line.allocated, line.released)).toBeGreaterThanOrEqual(0);
      }
    });
  });

  test("while a line waits, its holder has no units", () => {
    afterEachStep((store) => {
      for (const { holderId, preOrdered } of store.lines()) {
        expect(preOrdered > 0 && store.unitsOf(holderId) > 0).toBe(false);
      }
    });
  });

  test("no unit is lost or made: what came in is on the shelf or allocated", () => {
    afterEachStep((store) => {
      for (const holderId of store.holderIds) {
        const out = store
          .lines()
          .filter((line) => line.holderId === holderId)
          .reduce((sum, line) => sum + line.allocated - line.restocked, 0);
        expect(store.unitsOf(holderId) + out).toBe(store.cameIn(holderId));
      }
    });
  });

  test("an order becomes ready once: when its last waiting unit is allocated", () => {
    fc.assert(
      fc.property(anyCourse, (steps) => {
        const store = startCourse();
        for (const step of steps) store.take(step);
        const ready = store.becameReady();
        expect(new Set(ready).size).toBe(ready.length);
        for (const id of ready) {
          const waiting = store
            .lines()
            .filter((line) => line.orderId === id && line.preOrdered > 0);
          expect(waiting).toEqual([]);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
