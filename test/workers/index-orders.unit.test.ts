import { describe, expect, test } from "vitest";
import { nextStep } from "../../src/workers/index-orders.ts";

describe("when the index of searches is filled", () => {
  test.each([
    ["nothing waits: half of the time", 0, 0, { pauseMs: 40, mayRun: true }],
    ["some orders wait: a twentieth of the time", 1, 0, { pauseMs: 760, mayRun: true }],
    ["many wait: deciding comes first", 501, 0, { pauseMs: 1_000, mayRun: false }],
    ["many have waited for a minute: it goes on", 501, 60_000, { pauseMs: 760, mayRun: true }],
  ] as const)("%s", (_name, pending, busyMs, step) => {
    expect(nextStep({ pending, busyMs, lastStepMs: 40 })).toEqual(step);
  });
});
