import { describe, expect, test } from "vitest";
import {
  alertAfter,
  alertStateOf,
  alertTransition,
} from "../../../src/domain/stock/alert-transition.ts";
import type { StockHolder } from "../../../src/domain/stock/stock-holder.ts";
import { buildHolder } from "../support/build-holder.ts";

/** Changes a holder with a threshold of 5 whose alert is the one that it must have, unless the test names another. */
const change = (before: Partial<StockHolder>, after: Partial<StockHolder>) => {
  const from = buildHolder({ threshold: 5, ...before });
  const alert = before.alert === undefined ? alertStateOf(from) : before.alert;
  const opened = { ...from, alert };
  return alertTransition(opened, { ...opened, ...after });
};

const bothLevels = { outOfStockThreshold: 0 } as const;

describe("the state that an alert must have", () => {
  test.each([
    ["above the threshold", {}, 6, null],
    ["at the threshold, if nothing is sold there", {}, 5, "out"],
    ["at zero, if there is no threshold", { threshold: null }, 0, "out"],
    ["above zero, if there is no threshold", { threshold: null }, 1, null],
    ["at the threshold, if the holder sells below it", bothLevels, 5, "low"],
    ["at the last unit, if the holder sells below its threshold", bothLevels, 1, "low"],
    ["without units", bothLevels, 0, "out"],
    ["at the threshold with pre-orders, which are sold", { allowPreOrder: true }, 5, "low"],
    ["without units, with pre-orders", { allowPreOrder: true }, 0, "out"],
    ["at the threshold with negative stock", { allowNegativeStock: true }, 5, "low"],
    ["below zero", { allowNegativeStock: true }, -2, "out"],
    ["untracked", { tracked: false }, 0, null],
    ["out of use", { inUse: false }, 0, null],
  ] as const)("%s", (_where, policy, units, state) => {
    expect(alertStateOf(buildHolder({ threshold: 5, ...policy, units }))).toBe(state);
  });
});

describe("an alert opens as news", () => {
  test("as out when units fall to the threshold and nothing is sold there", () => {
    expect(change({ units: 6 }, { units: 5 })).toEqual({
      kind: "opened",
      state: "out",
      wentOutOfStock: true,
      quiet: false,
    });
  });

  test("as low when units fall to the threshold and are still sold", () => {
    expect(change({ units: 6, ...bothLevels }, { units: 5 })).toEqual({
      kind: "opened",
      state: "low",
      wentOutOfStock: false,
      quiet: false,
    });
  });

  test("as out when units fall through both levels at once", () => {
    expect(change({ units: 6, ...bothLevels }, { units: 0 })).toEqual({
      kind: "opened",
      state: "out",
      wentOutOfStock: true,
      quiet: false,
    });
  });

  test("when the threshold is raised above the stock", () => {
    expect(change({ units: 6 }, { threshold: 6 })).toMatchObject({ kind: "opened", quiet: false });
  });

  test("when a holder that was low without an alert gets worse", () => {
    expect(change({ units: 3, alert: null, ...bothLevels }, { units: 0 })).toMatchObject({
      kind: "opened",
      state: "out",
      quiet: false,
    });
  });
});

describe("an alert opens quietly", () => {
  const quiet = (state: string) => ({ kind: "opened", state, wentOutOfStock: false, quiet: true });

  test("for a new holder that is low or out", () => {
    const low = buildHolder({ threshold: 5, units: 3, ...bothLevels });
    expect(alertTransition(null, low)).toEqual(quiet("low"));
    expect(alertTransition(null, { ...low, units: 0 })).toEqual(quiet("out"));
    expect(alertTransition(null, { ...low, units: 6 })).toBeNull();
    expect(alertTransition(null, { ...low, tracked: false })).toBeNull();
  });

  test("when tracking starts on a holder that is low, also if its count is set at once", () => {
    expect(change({ units: 3, tracked: false }, { tracked: true })).toEqual(quiet("out"));
    expect(change({ units: 6, tracked: false }, { tracked: true, units: 5 })).toEqual(quiet("out"));
  });

  test("when a holder that is low comes into use", () => {
    expect(change({ units: 3, inUse: false, ...bothLevels }, { inUse: true })).toEqual(
      quiet("low"),
    );
  });

  test("when a holder that was low without an alert changes and gets no worse", () => {
    const before = { units: 3, alert: null };
    expect(change({ ...before, ...bothLevels }, { units: 2 })).toEqual(quiet("low"));
    expect(change({ ...before, ...bothLevels, units: 0 }, { units: 2 })).toEqual(quiet("low"));
  });
});

describe("no alert opens", () => {
  test("while units stay above the limit", () => {
    expect(change({ units: 10 }, { units: 6 })).toBeNull();
  });

  test("for an untracked holder, or one that is out of use", () => {
    expect(change({ units: 6, tracked: false }, { units: 5 })).toBeNull();
    expect(change({ units: 6, inUse: false }, { units: 5 })).toBeNull();
  });
});

describe("an open alert", () => {
  test("stays as it is while units fall within its state", () => {
    expect(change({ units: 5, ...bothLevels }, { units: 1 })).toBeNull();
  });

  test("does not change when the last unit goes that a threshold held back", () => {
    expect(change({ units: 1 }, { units: 0 })).toBeNull();
  });

  test("worsens each time the last unit that is sold goes", () => {
    const worsened = { kind: "worsened", wentOutOfStock: true };
    expect(change({ units: 1, ...bothLevels }, { units: 0 })).toEqual(worsened);
    expect(change({ units: 3, ...bothLevels }, { units: 0 })).toEqual(worsened);
  });

  test("worsens when a holder with pre-orders has no unit left, which was out of stock before", () => {
    expect(change({ units: 1, allowPreOrder: true }, { units: 0 })).toEqual({
      kind: "worsened",
      wentOutOfStock: false,
    });
  });

  test("worsens when the sales below the threshold are switched off, and eases when switched on", () => {
    expect(change({ units: 3, ...bothLevels }, { outOfStockThreshold: null })).toMatchObject({
      kind: "worsened",
    });
    expect(change({ units: 3 }, bothLevels)).toEqual({ kind: "eased" });
  });

  test("eases when units rise above the lower level, and ends when they rise above the upper one", () => {
    expect(change({ units: 0, ...bothLevels }, { units: 3 })).toEqual({ kind: "eased" });
    expect(change({ units: 0, ...bothLevels }, { units: 5 })).toEqual({ kind: "eased" });
    expect(change({ units: 0, ...bothLevels }, { units: 6 })).toEqual({ kind: "ended" });
    expect(change({ units: 3, ...bothLevels }, { units: 6 })).toEqual({ kind: "ended" });
    expect(change({ units: 0 }, { units: 5 })).toBeNull();
    expect(change({ units: 0 }, { units: 6 })).toEqual({ kind: "ended" });
  });

  test("ends when the threshold is lowered below the stock", () => {
    expect(change({ units: 3 }, { threshold: 2 })).toEqual({ kind: "ended" });
  });

  test("ends when the holder goes out of use, or tracking stops", () => {
    expect(change({ units: 3 }, { inUse: false })).toEqual({ kind: "ended" });
    expect(change({ units: 3 }, { tracked: false })).toEqual({ kind: "ended" });
  });
});

describe("the alert's state afterwards", () => {
  test.each([
    ["low", null, "low"],
    [null, null, null],
    [null, { kind: "opened", state: "low", wentOutOfStock: false, quiet: false }, "low"],
    [null, { kind: "opened", state: "out", wentOutOfStock: true, quiet: true }, "out"],
    ["low", { kind: "worsened", wentOutOfStock: false }, "out"],
    ["out", { kind: "eased" }, "low"],
    ["out", { kind: "ended" }, null],
  ] as const)("%s and %o leave %s", (before, transition, after) => {
    expect(alertAfter(before, transition)).toBe(after);
  });
});
