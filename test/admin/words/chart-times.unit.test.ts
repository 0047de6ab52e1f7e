import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chooseFormats } from "../../../src/admin/words/formats.ts";
import { axisTicks, hourWords } from "../../../src/admin/words/chart-times.ts";

const hoursFrom = (begin: string): string[] =>
  Array.from({ length: 25 }, (_none, place) =>
    new Date(Date.parse(begin) + place * 3_600_000).toISOString(),
  );

beforeEach(() => chooseFormats({ locale: "en-GB", timeZone: "Europe/Berlin" }));
afterEach(() => chooseFormats({ locale: null, timeZone: null }));

describe("the hours of a chart", () => {
  it.each(["2026-11-25T14:00:00Z", "2026-10-24T14:00:00Z", "2026-03-28T14:00:00Z"])(
    "from %s on each have words of their own, also where the clock changes",
    (begin) => {
      const words = hourWords(hoursFrom(begin));
      expect(new Set(words.map(({ note }) => note)).size).toBe(25);
      expect(words[0]?.tick).not.toBe(words.at(-1)?.tick);
    },
  );

  it("end with the one that is running", () => {
    const last = hourWords(hoursFrom("2026-11-25T14:00:00Z")).at(-1);
    expect(last?.tick).toBe("now");
    expect(last?.note).toMatch(/until now$/);
  });
});

describe("the ticks of an axis", () => {
  const now = Date.parse("2026-11-26T14:04:00Z");
  const hourOf = (at: Date): string =>
    at.toLocaleTimeString("en-GB", { timeZone: "Europe/Berlin", timeStyle: "short" });

  it.each([1, 1.01, 2, 7, 30, 90, 366])(
    "over %d days are few, and no two have the same words",
    (days) => {
      const from = now - days * 86_400_000;
      const ticks = axisTicks(from, now, 8);
      expect(ticks.length).toBeGreaterThanOrEqual(Math.min(days * 2, 4) - 2);
      expect(ticks.length).toBeLessThanOrEqual(9);
      expect(ticks.every(({ at }) => at > from && at <= now)).toBe(true);
      expect(new Set(ticks.map(({ words }) => words)).size).toBe(ticks.length);
    },
  );

  it("stand on whole hours within a day, and at midnights over more", () => {
    const inADay = axisTicks(now - 86_400_000, now, 8).map(({ at }) => new Date(at));
    expect(inADay.every((at) => at.getMinutes() === 0)).toBe(true);
    const inAMonth = axisTicks(now - 30 * 86_400_000, now, 8).map(({ at }) => new Date(at));
    expect(inAMonth.every((at) => hourOf(at) === "00:00")).toBe(true);
  });
});
