// The heart of the program under a deterministic scheduler: thousands of interleavings, each with faults of its own.

import { describe, expect, test } from "vitest";
import { seeds } from "./seeds.ts";
import { simulate } from "./simulate.ts";

/** How many seeds are run, and how many share a test. */
const limits = { seeds: 1_000, together: 125 };

describe("each seed ends well", () => {
  const starts = Array.from(
    { length: limits.seeds / limits.together },
    (_none, at) => 1 + at * limits.together,
  );
  test.each(starts)("%i and those after it", async (start) => {
    const failed: object[] = [];
    for (let seed = start; seed < start + limits.together; seed += 1) {
      const { faults } = await simulate(seed);
      if (faults.length > 0)
        failed.push({ faults, repeat: `npm run simulate -- --from ${seed} --seeds 1 --trace` });
    }
    expect(failed).toEqual([]);
  });

  test.each(seeds)("$seed: $shows", async ({ seed }) => {
    const { faults } = await simulate(seed);
    expect(faults).toEqual([]);
  });
});

test("a seed gives the same run again, step by step", async () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const [first, second] = [await simulate(seed), await simulate(seed, { keepsTrace: true })];
    expect(second.fingerprint).toBe(first.fingerprint);
    expect(second.trace.length).toBeGreaterThan(20);
  }
});
