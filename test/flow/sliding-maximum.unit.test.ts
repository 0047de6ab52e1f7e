import { expect, it } from "vitest";
import { createSlidingMaximum } from "../../src/flow/sliding-maximum.ts";

it("the largest value counts for a period at least, and for two at most", () => {
  const maximum = createSlidingMaximum(100);
  expect(maximum.get(0)).toBe(0);
  maximum.see(7, 90);
  maximum.see(3, 90);
  expect(maximum.get(90)).toBe(7);
  maximum.see(2, 189);
  expect(maximum.get(189)).toBe(7);
  expect(maximum.get(290)).toBe(2);
});

it("nothing counts after a long silence", () => {
  const maximum = createSlidingMaximum(100);
  maximum.see(7, 0);
  expect(maximum.get(1_000)).toBe(0);
});
