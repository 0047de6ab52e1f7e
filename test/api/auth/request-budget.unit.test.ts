import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRequestBudget } from "../../../src/api/auth/request-budget.ts";

/** Takes `count` requests at one moment and tells how many were within the budget. */
function takeMany(
  budget: ReturnType<typeof createRequestBudget>,
  caller: string,
  count: number,
  now: number,
): number {
  return Array.from({ length: count }, () => budget.take(caller, now)).filter(
    ({ waitSeconds }) => waitSeconds === 0,
  ).length;
}

describe("the budget of requests", () => {
  it("lets a second's worth through at once, and then tells how long to wait", () => {
    const budget = createRequestBudget(10);
    expect(takeMany(budget, "checkout", 25, 0)).toBe(10);
    expect(budget.take("checkout", 0)).toEqual({ waitSeconds: 1, left: 0 });
  });

  it("fills again as time goes by, and never beyond a second's worth", () => {
    const budget = createRequestBudget(10);
    takeMany(budget, "checkout", 10, 0);
    expect(takeMany(budget, "checkout", 10, 500)).toBe(5);
    expect(takeMany(budget, "checkout", 100, 60_000)).toBe(10);
  });

  it("of one caller is not touched by another", () => {
    const budget = createRequestBudget(1);
    takeMany(budget, "noisy", 100, 0);
    expect(budget.take("quiet", 0)).toEqual({ waitSeconds: 0, left: 0 });
  });

  it("tells how many more requests are let through at once, and lets just as many through", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 60 }),
        (perSecond, pauses) => {
          const budget = createRequestBudget(perSecond);
          let now = 0;
          for (const pause of pauses) {
            now += pause;
            const { left, waitSeconds } = budget.take("checkout", now);
            expect(left).toBeLessThan(perSecond);
            if (waitSeconds > 0) expect(left).toBe(0);
          }
          const { left } = budget.take("checkout", now);
          expect(takeMany(budget, "checkout", perSecond + 1, now)).toBe(left);
          // A second later all is left again.
          expect(budget.take("checkout", now + 1_000).left).toBe(perSecond - 1);
        },
      ),
    );
  });

  it("does not shrink when the clock goes back", () => {
    const budget = createRequestBudget(5);
    takeMany(budget, "checkout", 2, 10_000);
    expect(takeMany(budget, "checkout", 5, 0)).toBe(3);
  });
});
