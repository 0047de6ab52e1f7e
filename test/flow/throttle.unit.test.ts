import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createThrottle } from "../../src/flow/throttle.ts";

describe("a throttle", () => {
  const reports: unknown[] = [];
  const create = () =>
    createThrottle<string>({
      first: (thing) => reports.push(thing),
      again: (thing, times) => reports.push([thing, times]),
    });

  beforeEach(() => {
    reports.length = 0;
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("reports the first of each kind at once, and the others as a count with it", () => {
    const report = create();
    for (const thing of ["a 1", "b 1", "a 2", "a 3"]) report(thing.charAt(0), thing);
    expect(reports).toEqual(["a 1", "b 1"]);
    vi.advanceTimersByTime(10_000);
    expect(reports).toEqual(["a 1", "b 1", ["a 1", 2]]);
    report("a", "a 4");
    expect(reports.at(-1)).toBe("a 4");
  });

  it("reports no more than 51 things and 51 counts per interval, whatever comes", () => {
    const report = create();
    for (let round = 0; round < 3; round += 1) {
      for (let kind = 0; kind < 1_000; kind += 1) report(`kind ${kind}`, `thing ${kind}`);
    }
    expect(reports).toHaveLength(51);
    vi.advanceTimersByTime(10_000);
    expect(reports).toHaveLength(102);
    expect(reports).toContainEqual(["thing 0", 2]);
    expect(reports).toContainEqual([null, 3 * 950 - 1]);
  });
});
