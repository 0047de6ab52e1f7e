// Episodes over a holder's whole life, checked against the crossings found by replaying its counts.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  alertAfter,
  type AlertTransition,
  alertTransition,
} from "../../../src/domain/stock/alert-transition.ts";
import {
  isCounted,
  isOutOfStock,
  type StockHolder,
} from "../../../src/domain/stock/stock-holder.ts";
import { arbitraryPolicy } from "../support/arbitrary-batch.ts";
import { buildHolder } from "../support/build-holder.ts";

type Moment = { readonly holder: StockHolder; readonly transition: AlertTransition | null };

/** Leads a holder through the counts, each a change of its own. */
function live(first: StockHolder, counts: readonly number[]): Moment[] {
  const moments: Moment[] = [];
  let holder = first;
  for (const units of counts) {
    const counted = { ...holder, units };
    const transition = alertTransition(holder, counted);
    holder = { ...counted, alert: alertAfter(holder.alert, transition) };
    moments.push({ holder, transition });
  }
  return moments;
}

const arbitraryLife = fc
  .tuple(arbitraryPolicy, fc.array(fc.integer({ min: -3, max: 12 }), { minLength: 1 }))
  .map(([policy, [start = 0, ...counts]]) => ({
    first: buildHolder({ ...policy, units: start }),
    counts,
  }));

/** Places in the life at which units went from above the limit to at or below it, or back. */
function crossings(first: StockHolder, counts: readonly number[], way: "down" | "up"): number[] {
  const limit = Math.max(0, first.threshold ?? 0);
  return counts.flatMap((units, index) => {
    const wasLow = (counts[index - 1] ?? first.units) <= limit;
    const isLowNow = units <= limit;
    const crossed = wasLow !== isLowNow && isLowNow === (way === "down");
    return isCounted(first) && crossed ? [index] : [];
  });
}

const placesOf = (moments: readonly Moment[], kind: AlertTransition["kind"]) =>
  moments.flatMap(({ transition }, index) => (transition?.kind === kind ? [index] : []));

describe("alerts over a holder's life", () => {
  test("one episode opens at each downward crossing and at no other time", () => {
    fc.assert(
      fc.property(arbitraryLife, ({ first, counts }) => {
        const opened = placesOf(live(first, counts), "opened");
        expect(opened).toEqual(crossings(first, counts, "down"));
      }),
    );
  });

  test("an episode ends at the next upward crossing, and only an open one ends", () => {
    fc.assert(
      fc.property(arbitraryLife, ({ first, counts }) => {
        const moments = live(first, counts);
        const [firstOpened = Number.POSITIVE_INFINITY] = placesOf(moments, "opened");
        expect(placesOf(moments, "ended")).toEqual(
          crossings(first, counts, "up").filter((index) => index > firstOpened),
        );
      }),
    );
  });

  test("an episode is out from its first moment without units, and until it ends", () => {
    fc.assert(
      fc.property(arbitraryLife, ({ first, counts }) => {
        let emptied = false;
        for (const { holder, transition } of live(first, counts)) {
          if (transition?.kind === "opened") emptied = false;
          if (holder.alert === null) continue;
          const wasEmptied = emptied;
          emptied ||= holder.units <= 0;
          expect(holder.alert).toBe(emptied ? "out" : "low");
          const escalates = emptied && !wasEmptied && transition?.kind !== "opened";
          expect(transition?.kind === "escalated").toBe(escalates);
        }
      }),
    );
  });

  test("an episode says at most once that the holder went out of stock, and says so if it does", () => {
    fc.assert(
      fc.property(arbitraryLife, ({ first, counts }) => {
        let said = 0;
        for (const { holder, transition } of live(first, counts)) {
          if (transition?.kind === "opened") said = 0;
          if (transition !== null && transition.kind !== "ended" && transition.wentOutOfStock) {
            said += 1;
          }
          expect(said).toBeLessThanOrEqual(1);
          const mustHaveSaid = holder.alert !== null && isOutOfStock(holder);
          expect(said).toBeGreaterThanOrEqual(mustHaveSaid ? 1 : 0);
        }
      }),
    );
  });
});
