// Numbers, days and times as different people have chosen them.

import { afterEach, describe, expect, it } from "vitest";
import {
  chooseFormats,
  dayField,
  startOfDay,
  startOfDayField,
} from "../../../src/admin/words/formats.ts";
import { change, number, numberStyle } from "../../../src/admin/words/numbers.ts";
import { runOutWords } from "../../../src/admin/words/run-out-words.ts";
import { ago, dateTime, day, fullDateTime } from "../../../src/admin/words/time.tsx";

afterEach(() => chooseFormats({ locale: null, timeZone: null }));

/** Spaces of all kinds as one kind: languages use narrow ones that break no line. */
const spaced = (text: string): string => text.replaceAll(/\s/gu, " ");

const at = "2021-03-14T22:05:00Z";

describe("a time", () => {
  it.each([
    ["en-US", "America/New_York", "Mar 14, 2021, 6:05 PM"],
    ["en-GB", "Europe/London", "14 Mar 2021, 22:05"],
    ["de-DE", "Europe/Berlin", "14.03.2021, 23:05"],
    ["fr-FR", "Asia/Tokyo", "15 mars 2021, 07:05"],
    ["es-ES", "UTC", "14 mar 2021, 22:05"],
  ])("is written as in %s and %s", (locale, timeZone, words) => {
    chooseFormats({ locale, timeZone });
    expect(spaced(dateTime(at))).toBe(words);
    expect(spaced(fullDateTime(Date.parse(at)))).toBe(words);
  });

  it("is on the day that it is in the person's zone, also in a field", () => {
    chooseFormats({ locale: "en-GB", timeZone: "Asia/Tokyo" });
    expect(day(at)).toBe("15 Mar 2021");
    expect(dayField(new Date(at))).toBe("2021-03-15");
    chooseFormats({ locale: "en-GB", timeZone: "America/New_York" });
    expect(day(at)).toBe("14 Mar 2021");
    expect(dayField(new Date(at))).toBe("2021-03-14");
  });

  it("from now is in the person's language", () => {
    const now = Date.parse(at);
    const before = new Date(now - 5 * 60_000).toISOString();
    chooseFormats({ locale: "de-DE", timeZone: null });
    expect(ago(before, now)).toBe("vor 5 Minuten");
    chooseFormats({ locale: "en-GB", timeZone: null });
    expect(ago(before, now)).toBe("5 minutes ago");
  });
});

describe("a number", () => {
  it.each([
    ["en-US", "1,234,567"],
    ["de-DE", "1.234.567"],
    ["fr-FR", "1 234 567"],
    ["de-AT", "1 234 567"],
  ])("is written as in %s, and read so", (locale, words) => {
    chooseFormats({ locale, timeZone: null });
    expect(spaced(number(1_234_567))).toBe(words);
    expect(spaced(change(-1_234_567))).toBe(`−${words}`);
    expect(spaced(numberStyle().group)).toBe(words.charAt(1));
  });
});

describe("a day", () => {
  it.each([
    ["Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00.000Z"],
    ["Pacific/Kiritimati", "2026-03-29", "2026-03-28T10:00:00.000Z"],
    ["Pacific/Pago_Pago", "2026-03-29", "2026-03-29T11:00:00.000Z"],
  ])("in %s begins at its own midnight", (timeZone, field, begin) => {
    chooseFormats({ locale: null, timeZone });
    expect(startOfDayField(field).toISOString()).toBe(begin);
    expect(startOfDay(new Date(Date.parse(begin) + 1)).toISOString()).toBe(begin);
  });

  it("of somebody else begins at their midnight, wherever the reader is", () => {
    for (const own of ["America/Los_Angeles", "Pacific/Kiritimati"]) {
      chooseFormats({ locale: null, timeZone: own });
      const begin = startOfDayField("2026-03-29", "Europe/Berlin");
      expect(begin.toISOString()).toBe("2026-03-28T23:00:00.000Z");
      expect(dayField(begin, "Europe/Berlin")).toBe("2026-03-29");
    }
  });

  it("that is none is refused with what was expected", () => {
    expect(() => startOfDayField("tomorrow")).toThrow("Expected a day");
  });

  it("on which something runs out is counted by the person's midnights", () => {
    const runsOut = {
      kind: "runs-out",
      at: "2026-03-14T23:30:00Z",
      from: null,
      until: null,
      certainty: "guess",
    } as const;
    const outlook = { runsOut, daysInStock: 30, unitsSoldLast28Days: 9 };
    const now = new Date("2026-03-14T12:00:00Z");
    chooseFormats({ locale: "en-GB", timeZone: "Europe/Berlin" });
    expect(runOutWords(outlook, now).text).toBe("Tomorrow");
    chooseFormats({ locale: "en-GB", timeZone: "UTC" });
    expect(runOutWords(outlook, now).text).toBe("Today");
  });
});

describe("a choice that this browser does not know", () => {
  it("leaves the browser's own form", () => {
    const own = dateTime(at);
    chooseFormats({ locale: "not a locale", timeZone: "Mars/Base" });
    expect(dateTime(at)).toBe(own);
  });
});
