import { expect, it } from "vitest";
import { createRecentPeak } from "../../src/flow/sliding-maximum.ts";

it("the largest value counts for a period at least, and for two at most", () => {
  let time = 0;
  const peak = createRecentPeak(100, () => time);
  expect(peak.get()).toBe(0);
  time = 90;
  peak.see(7);
  peak.see(3);
  expect(peak.get()).toBe(7);
  time = 189;
  peak.see(2);
  expect(peak.get()).toBe(7);
  time = 290;
  expect(peak.get()).toBe(2);
});

it("nothing counts after a long silence", () => {
  let time = 0;
  const peak = createRecentPeak(100, () => time);
  peak.see(7);
  time = 1_000;
  expect(peak.get()).toBe(0);
});
