import * as fc from "fast-check";
import { expect, it } from "vitest";
import { retryAfter } from "../../src/flow/retry-after.ts";

it.each([
  [0, 0, "1"],
  [0, 0.99, "2"],
  [4_000, 0, "4"],
  [4_000, 0.5, "6"],
  [1e9, 0.5, "30"],
  [Number.NaN, 0, "1"],
])("after a wait of %s ms, and %s by chance: %s s", (waitMs, random, seconds) => {
  expect(retryAfter(waitMs, random)).toBe(seconds);
});

it("is a whole number of seconds, not before the time, and half a minute at most", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 30_000 }), fc.double({ min: 0, max: 1 }), (ms, random) => {
      if (Number.isNaN(ms) || Number.isNaN(random)) return;
      const seconds = Number(retryAfter(ms, random));
      expect(Number.isInteger(seconds)).toBe(true);
      expect(seconds).toBeGreaterThanOrEqual(Math.max(1, ms / 1_000));
      expect(seconds).toBeLessThanOrEqual(30);
    }),
  );
});
