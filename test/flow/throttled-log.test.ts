import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createTroubleLog } from "../../src/flow/throttled-log.ts";

describe("trouble that repeats", () => {
  const lines: { msg: string; times?: number }[] = [];
  const log = pino({ base: null }, { write: (line) => lines.push(JSON.parse(line)) });

  beforeEach(() => {
    lines.length = 0;
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("is told once, and then how often it came again", () => {
    const tell = createTroubleLog(log, "Redis trouble");
    for (let count = 0; count < 1_000; count += 1) tell(new Error("refused"));
    expect(lines.map(({ msg }) => msg)).toEqual(["Redis trouble"]);
    vi.advanceTimersByTime(10_000);
    expect(lines.map(({ msg, times }) => [msg, times])).toEqual([
      ["Redis trouble", undefined],
      ["Redis trouble, again", 999],
    ]);
  });

  it("of different kinds is told apart, in bounded memory", () => {
    const tell = createTroubleLog(log, "trouble");
    for (let count = 0; count < 1_000; count += 1) tell(new Error(`kind ${count}`));
    expect(lines).toHaveLength(51);
  });
});
