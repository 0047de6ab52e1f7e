import { expect, test } from "vitest";
import { untilNext } from "../../src/flow/until-next.ts";

test.each([
  [1_000, 0, 1_000],
  [1_000, 1, 999],
  [1_000, 5_250, 750],
  [2_000, 5_250, 750],
  [2_000, 6_250, 1_750],
])("every %i ms, at %i ms: waits %i ms", (intervalMs, now, ms) => {
  expect(untilNext(intervalMs, now)).toBe(ms);
});
