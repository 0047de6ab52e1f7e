import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  alertAfter,
  type AlertTransition,
  alertTransition,
} from "../../../src/domain/stock/alert-transition.ts";
import { stockEvents, type ToldHolder } from "../../../src/domain/stock/stock-events.ts";
import type { AlertState } from "../../../src/domain/stock/stock-holder.ts";
import { buildHolder } from "../support/build-holder.ts";

const opened = (state: AlertState, wentOutOfStock = false, quiet = false): AlertTransition => ({
  kind: "opened",
  state,
  wentOutOfStock,
  quiet,
});

describe("the events of a transition", () => {
  test.each<[string, AlertTransition, Partial<ToldHolder>, readonly string[]]>([
    ["low", opened("low"), {}, ["stock.low"]],
    ["out at once", opened("out", true), {}, ["shop.productOutOfStock", "stock.out"]],
    [
      "out, of a variant",
      opened("out", true),
      { isVariant: true },
      ["shop.variantOutOfStock", "stock.out"],
    ],
    [
      "low while the manual's event says out of stock",
      opened("low", true),
      {},
      ["shop.productOutOfStock", "stock.low"],
    ],
    ["low since counting began", opened("low", false, true), {}, []],
    ["out since counting began", opened("out", false, true), {}, []],
    [
      "from low to out",
      { kind: "worsened", wentOutOfStock: true },
      { alert: "low" },
      ["shop.productOutOfStock", "stock.out"],
    ],
    [
      "from low to out after the sales had stopped",
      { kind: "worsened", wentOutOfStock: false },
      { alert: "low" },
      ["stock.out"],
    ],
    ["from out to low", { kind: "eased" }, { alert: "out" }, ["stock.backInStock"]],
    ["above the limit from low", { kind: "ended" }, { alert: "low" }, ["stock.recovered"]],
    [
      "above the limit from out",
      { kind: "ended" },
      { alert: "out" },
      ["stock.backInStock", "stock.recovered"],
    ],
    ["deleted or hidden", { kind: "ended" }, { alert: "out", inUse: false }, []],
    ["not tracked any more", { kind: "ended" }, { alert: "low", tracked: false }, []],
  ])("%s", (_what, transition, holder, types) => {
    const told = { alert: null, tracked: true, inUse: true, isVariant: false, ...holder };
    expect(stockEvents(transition, told)).toEqual(types);
  });
});

describe("a reader of a holder's events", () => {
  /** What the reader knows after an event, and the states that it may come from. */
  const steps: Record<string, { from: readonly (AlertState | null)[]; to: AlertState | null }> = {
    "stock.low": { from: [null], to: "low" },
    "stock.out": { from: [null, "low"], to: "out" },
    "stock.backInStock": { from: ["out"], to: "low" },
    "stock.recovered": { from: ["low"], to: null },
  };

  it("knows the state of its alert, whatever happens to the units and the levels", () => {
    const policy = fc.record({
      units: fc.integer({ min: -3, max: 12 }),
      threshold: fc.option(fc.integer({ min: 0, max: 8 }), { nil: null }),
      outOfStockThreshold: fc.option(fc.integer({ min: 0, max: 8 }), { nil: null }),
      allowPreOrder: fc.boolean(),
      allowNegativeStock: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(policy, { maxLength: 20 }), (course) => {
        let holder = buildHolder({ units: 100, threshold: null, outOfStockThreshold: null });
        let known: AlertState | null = null;
        for (const change of course) {
          const after = { ...holder, ...change };
          const transition = alertTransition(holder, after);
          const told =
            transition === null ? [] : stockEvents(transition, { ...after, isVariant: false });
          for (const type of told) {
            const step = steps[type];
            if (step === undefined) continue;
            expect(step.from).toContain(known);
            known = step.to;
          }
          holder = { ...after, alert: alertAfter(holder.alert, transition) };
          expect(known).toBe(holder.alert);
        }
      }),
    );
  });
});
