import { describe, expect, it } from "vitest";
import { createRequestBudget } from "../../../src/api/auth/request-budget.ts";

/** Takes `count` requests at one moment and tells how many were within the budget. */
function takeMany(
  budget: ReturnType<typeof createRequestBudget>,
  caller: string,
  count: number,
  now: number,
): number {
  return Array.from({ length: count }, () => budget.take(caller, now)).filter((wait) => wait === 0)
    .length;
}

describe("the budget of requests", () => {
  it("lets a second's worth through at once, and then tells how long to wait", () => {
    const budget = createRequestBudget(10);
    expect(takeMany(budget, "checkout", 25, 0)).toBe(10);
    expect(budget.take("checkout", 0)).toBe(1);
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
    expect(budget.take("quiet", 0)).toBe(0);
  });

  it("does not shrink when the clock goes back", () => {
    const budget = createRequestBudget(5);
    takeMany(budget, "checkout", 2, 10_000);
    expect(takeMany(budget, "checkout", 5, 0)).toBe(3);
  });
});
