import { describe, expect, test } from "vitest";
import { alertAfter, alertTransition } from "../../../src/domain/stock/alert-transition.ts";
import type { StockHolder } from "../../../src/domain/stock/stock-holder.ts";
import { buildHolder } from "../support/build-holder.ts";

const change = (before: Partial<StockHolder>, after: Partial<StockHolder>) => {
  const from = buildHolder({ threshold: 5, ...before });
  return alertTransition(from, { ...from, ...after });
};

describe("an alert opens", () => {
  test("when units fall from above the limit to it", () => {
    expect(change({ units: 6 }, { units: 5 })).toEqual({
      kind: "opened",
      state: "low",
      wentOutOfStock: true,
    });
  });

  test("as out when units fall to zero or below at once", () => {
    expect(change({ units: 6 }, { units: 0 })).toMatchObject({ kind: "opened", state: "out" });
    expect(change({ units: 6, allowNegativeStock: true }, { units: -2 })).toMatchObject({
      kind: "opened",
      state: "out",
    });
  });

  test("at zero where there is no threshold", () => {
    expect(change({ units: 1, threshold: null }, { units: 0 })).toMatchObject({ state: "out" });
    expect(change({ units: 2, threshold: null }, { units: 1 })).toBeNull();
  });

  test("when the threshold is raised above the stock", () => {
    expect(change({ units: 6 }, { threshold: 6 })).toMatchObject({ kind: "opened", state: "low" });
    expect(change({ units: 6, threshold: null }, { threshold: 10 })).toMatchObject({
      kind: "opened",
    });
  });

  test("and says that a holder which sells below its threshold is not out of stock yet", () => {
    expect(change({ units: 6, sellBelowThreshold: true }, { units: 5 })).toEqual({
      kind: "opened",
      state: "low",
      wentOutOfStock: false,
    });
    expect(change({ units: 6, sellBelowThreshold: true }, { units: 0 })).toEqual({
      kind: "opened",
      state: "out",
      wentOutOfStock: true,
    });
  });
});

describe("no alert opens", () => {
  test("while units stay above the limit", () => {
    expect(change({ units: 10 }, { units: 6 })).toBeNull();
  });

  test("for a holder that was created low, however far it falls", () => {
    expect(change({ units: 3 }, { units: 2 })).toBeNull();
    expect(change({ units: 3, sellBelowThreshold: true }, { units: 0 })).toBeNull();
  });

  test("for an untracked holder", () => {
    expect(change({ units: 6, tracked: false }, { units: 5 })).toBeNull();
  });

  test("for a holder that is out of use", () => {
    expect(change({ units: 6, inUse: false }, { units: 5 })).toBeNull();
  });

  test("when a holder comes into use that is low", () => {
    expect(change({ units: 3, inUse: false }, { inUse: true })).toBeNull();
  });

  test("when tracking starts on a holder that is low", () => {
    expect(change({ units: 3, tracked: false }, { tracked: true })).toBeNull();
    expect(change({ units: 6, tracked: false }, { tracked: true, units: 5 })).toBeNull();
  });
});

describe("an open alert", () => {
  test("stays as it is while units fall further but some are left", () => {
    expect(change({ units: 5, alert: "low" }, { units: 1 })).toBeNull();
  });

  test("escalates once, when the last unit goes", () => {
    expect(change({ units: 1, alert: "low" }, { units: 0 })).toEqual({
      kind: "escalated",
      wentOutOfStock: false,
    });
    expect(change({ units: 0, alert: "out", allowNegativeStock: true }, { units: -1 })).toBeNull();
  });

  test("does not escalate again after a restock that stays below the limit", () => {
    expect(change({ units: 0, alert: "out" }, { units: 3 })).toBeNull();
    expect(change({ units: 3, alert: "out" }, { units: 0 })).toBeNull();
  });

  test("escalates to out of stock where the holder sells below its threshold", () => {
    expect(change({ units: 1, alert: "low", sellBelowThreshold: true }, { units: 0 })).toEqual({
      kind: "escalated",
      wentOutOfStock: true,
    });
  });

  test("ends when units rise above the limit, not when they rise to it", () => {
    expect(change({ units: 3, alert: "low" }, { units: 5 })).toBeNull();
    expect(change({ units: 3, alert: "low" }, { units: 6 })).toEqual({ kind: "ended" });
    expect(change({ units: 0, alert: "out" }, { units: 6 })).toEqual({ kind: "ended" });
  });

  test("ends when the threshold is lowered below the stock", () => {
    expect(change({ units: 3, alert: "low" }, { threshold: 2 })).toEqual({ kind: "ended" });
  });

  test("ends when the holder goes out of use", () => {
    expect(change({ units: 3, alert: "low" }, { inUse: false })).toEqual({ kind: "ended" });
  });

  test("ends when tracking stops", () => {
    expect(change({ units: 3, alert: "low" }, { tracked: false })).toEqual({ kind: "ended" });
  });
});

describe("the alert's state afterwards", () => {
  test.each([
    ["low", null, "low"],
    [null, null, null],
    [null, { kind: "opened", state: "low", wentOutOfStock: true }, "low"],
    [null, { kind: "opened", state: "out", wentOutOfStock: true }, "out"],
    ["low", { kind: "escalated", wentOutOfStock: false }, "out"],
    ["out", { kind: "ended" }, null],
  ] as const)("%s and %o leave %s", (before, transition, after) => {
    expect(alertAfter(before, transition)).toBe(after);
  });
});
