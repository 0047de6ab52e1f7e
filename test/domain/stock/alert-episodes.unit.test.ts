// Alerts over a holder's whole life, checked against the crossings found by replaying its counts and settings.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  alertAfter,
  alertStateOf,
  type AlertTransition,
  alertTransition,
} from "../../../src/domain/stock/alert-transition.ts";
import {
  isCounted,
  isLow,
  isOutOfStock,
  type StockHolder,
} from "../../../src/domain/stock/stock-holder.ts";
import { arbitraryPolicy } from "../support/arbitrary-batch.ts";
import { buildHolder } from "../support/build-holder.ts";

type Moment = {
  readonly before: StockHolder | null;
  readonly holder: StockHolder;
  readonly transition: AlertTransition | null;
};

type Step = Partial<StockHolder>;

/** Leads a holder through the steps, each a change of its own. The first one creates it. */
function live(first: StockHolder, steps: readonly Step[]): Moment[] {
  const moments: Moment[] = [];
  let before: StockHolder | null = null;
  for (const step of [{}, ...steps]) {
    const changed: StockHolder = { ...(before ?? first), ...step };
    const transition = alertTransition(before, changed);
    const holder: StockHolder = {
      ...changed,
      alert: alertAfter(before?.alert ?? null, transition),
    };
    moments.push({ before, holder, transition });
    before = holder;
  }
  return moments;
}

const arbitraryUnits = fc.integer({ min: -3, max: 12 });
/** Most steps change the count, some the settings. */
const arbitraryStep: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: arbitraryUnits.map((units) => ({ units })), weight: 4 },
  { arbitrary: arbitraryPolicy, weight: 1 },
);

const arbitraryLife = fc
  .tuple(arbitraryPolicy, arbitraryUnits, fc.array(arbitraryStep, { maxLength: 12 }))
  .map(([policy, units, steps]) => ({ first: buildHolder({ ...policy, units }), steps }));

function forEveryLife(check: (moments: readonly Moment[]) => void): void {
  fc.assert(
    fc.property(arbitraryLife, ({ first, steps }) => check(live(first, steps))),
    { numRuns: 500 },
  );
}

/** How bad a count is: 0 if no alert is due, 1 if it is low, 2 if nothing of it is sold. */
function badness(holder: StockHolder | null): number {
  if (holder === null || !holder.tracked || !holder.inUse) return 0;
  const { units, allowPreOrder, allowNegativeStock } = holder;
  if (units <= 0) return 2;
  if (isOutOfStock(holder) && !allowPreOrder && !allowNegativeStock) return 2;
  return isLow(holder) ? 1 : 0;
}

describe("alerts over a holder's life", () => {
  test("the alert always has the state that the holder's count has", () => {
    forEveryLife((moments) => {
      for (const { holder } of moments) {
        expect(holder.alert).toBe(alertStateOf(holder));
        expect(holder.alert).toBe([null, "low", "out"][badness(holder)]);
      }
    });
  });

  test("each crossing downwards of a counted holder is news exactly once, and nothing else is", () => {
    forEveryLife((moments) => {
      for (const { before, holder, transition } of moments) {
        const isNews =
          transition?.kind === "worsened" || (transition?.kind === "opened" && !transition.quiet);
        const wasCounted = before !== null && isCounted(before);
        expect(isNews).toBe(wasCounted && badness(holder) > badness(before));
      }
    });
  });

  test("an alert opens quietly exactly if its holder was not counted before", () => {
    forEveryLife((moments) => {
      for (const { before, holder, transition } of moments) {
        const isQuiet = transition?.kind === "opened" && transition.quiet;
        const wasCounted = before !== null && isCounted(before);
        expect(isQuiet).toBe(!wasCounted && badness(holder) > 0);
      }
    });
  });

  test("it eases exactly at a rise above the lower level alone, and ends at one above the upper", () => {
    forEveryLife((moments) => {
      for (const { before, holder, transition } of moments) {
        const eases = badness(before) === 2 && badness(holder) === 1;
        expect(transition?.kind === "eased").toBe(eases);
        const ends = badness(before) > 0 && badness(holder) === 0;
        expect(transition?.kind === "ended").toBe(ends);
      }
    });
  });

  test("out of stock is said only when a counted holder becomes so", () => {
    forEveryLife((moments) => {
      for (const { before, holder, transition } of moments) {
        const said = transition !== null && "wentOutOfStock" in transition;
        if (!said || !transition.wentOutOfStock) continue;
        expect(isOutOfStock(holder)).toBe(true);
        expect(before !== null && isCounted(before) && !isOutOfStock(before)).toBe(true);
      }
    });
  });
});
