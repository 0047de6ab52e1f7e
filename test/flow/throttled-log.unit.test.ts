import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createThrottledLog } from "../../src/flow/throttled-log.ts";

describe("a throttled log", () => {
  const lines: { msg: string; times?: number }[] = [];
  const log = pino({ base: null }, { write: (line) => lines.push(JSON.parse(line)) });

  beforeEach(() => {
    lines.length = 0;
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("logs an error once, and then how often it came again", () => {
    const report = createThrottledLog(log, "Redis trouble");
    for (let count = 0; count < 1_000; count += 1) report(new Error("refused"));
    expect(lines.map(({ msg }) => msg)).toEqual(["Redis trouble"]);
    vi.advanceTimersByTime(10_000);
    expect(lines.map(({ msg, times }) => [msg, times])).toEqual([
      ["Redis trouble", undefined],
      ["Redis trouble, again", 999],
    ]);
  });

  it("logs errors of different kinds apart, in bounded memory", () => {
    const report = createThrottledLog(log, "trouble");
    for (let count = 0; count < 1_000; count += 1) report(new Error(`kind ${count}`));
    expect(lines).toHaveLength(51);
  });
});
