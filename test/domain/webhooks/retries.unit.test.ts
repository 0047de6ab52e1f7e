import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  givesUpAfterMs,
  isGivenUp,
  longestPauseMs,
  pauseMs,
} from "../../../src/domain/webhooks/retries.ts";

describe("the pause before the next attempt", () => {
  it.each([
    [1, 5],
    [2, 30],
    [3, 120],
    [4, 600],
    [5, 1_800],
    [6, 3_600],
    [7, 7_200],
    [8, 14_400],
    [9, 21_600],
    [10, 21_600],
    [1_000, 21_600],
  ])("after %i failures is about %i seconds", (attempts, seconds) => {
    expect(pauseMs(attempts, null, 0.5)).toBe(seconds * 1_000);
    expect(pauseMs(attempts, null, 0)).toBe(seconds * 800);
    expect(pauseMs(attempts, null, 1)).toBe(seconds * 1_200);
  });

  it("is what the endpoint asks for, if that is longer", () => {
    expect(pauseMs(1, 60_000, 0.5)).toBe(60_000);
    expect(pauseMs(3, 60_000, 0.5)).toBe(120_000);
  });

  it("has a limit, whatever the endpoint asks for", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1 }),
        fc.double({ min: 0, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempts, asked, random) => {
          const ms = pauseMs(attempts, asked, random);
          expect(ms).toBeGreaterThanOrEqual(4_000);
          expect(ms).toBeLessThanOrEqual(longestPauseMs * 1.2);
        },
      ),
    );
  });
});

it("gives up after three days", () => {
  expect(givesUpAfterMs).toBe(259_200_000);
  expect(isGivenUp(1_000, 1_000 + givesUpAfterMs - 1)).toBe(false);
  expect(isGivenUp(1_000, 1_000 + givesUpAfterMs)).toBe(true);
});
