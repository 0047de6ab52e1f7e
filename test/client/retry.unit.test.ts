import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { askedPauseMs, isPassing, pauseMs } from "../../client/retry.ts";

describe("a status that passes", () => {
  it.each([408, 425, 429, 500, 502, 503, 504])("%d does", (status) => {
    expect(isPassing(status)).toBe(true);
  });
  it.each([200, 202, 400, 401, 403, 404, 409, 410, 412, 413, 422])("%d does not", (status) => {
    expect(isPassing(status)).toBe(false);
  });
});

describe("the pause before the next try", () => {
  const attempts = fc.nat(100);
  const random = fc.double({ min: 0, max: 1, noNaN: true });

  it("is never shorter than the service asks, and at most ten seconds longer", () => {
    fc.assert(
      fc.property(attempts, fc.nat(60_000), random, (attempt, askedMs, chance) => {
        const ms = pauseMs(attempt, askedMs, chance);
        expect(ms).toBeGreaterThanOrEqual(askedMs);
        expect(ms).toBeLessThanOrEqual(Math.max(askedMs, 5_000) + 5_000);
      }),
    );
  });

  it("doubles with each try until it is at its longest", () => {
    const longest = Array.from({ length: 8 }, (_, attempt) => pauseMs(attempt, 0, 1));
    expect(longest).toEqual([200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000]);
  });

  it("differs between clients that failed together", () => {
    expect([0, 0.5, 1].map((chance) => pauseMs(3, 2_000, chance))).toEqual([2_000, 2_400, 2_800]);
  });
});

it.each([
  [null, 0],
  ["2", 2_000],
  [" 2 ", 2_000],
  ["0", 0],
  ["86400", 60_000],
  ["Thu, 01 Jan 1970 00:00:05 GMT", 4_000],
  ["Thu, 01 Jan 1970 00:00:00 GMT", 0],
  ["soon", 0],
])("a Retry-After of %s asks for %d ms", (header, ms) => {
  expect(askedPauseMs(header, 1_000)).toBe(ms);
});
