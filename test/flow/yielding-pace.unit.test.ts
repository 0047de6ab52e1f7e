import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createYieldingPace } from "../../src/flow/yielding-pace.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance", "setTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

it("lets work begin at once while there is no other", async () => {
  const pace = createYieldingPace({ isBusy: () => false, perSecond: 1 });
  expect(await Promise.all([pace(), pace(), pace()])).toHaveLength(3);
});

it("lets so much begin in a second while there is other work, in turn", async () => {
  const pace = createYieldingPace({ isBusy: () => true, perSecond: 10 });
  const begun: number[] = [];
  for (let number = 0; number < 30; number += 1) void pace().then(() => begun.push(number));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(begun).toEqual(Array.from({ length: 10 }, (_none, number) => number));
});
