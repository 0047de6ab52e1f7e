import { describe, expect, it } from "vitest";
import { pauseMoment, toBody, toValues } from "../../../src/admin/session/alert-mails-values.ts";
import type { AlertMailsReply } from "../../../src/contract/alert-mails.ts";

const paused = (pausedUntil: string | null, timeZone = "Europe/Berlin"): AlertMailsReply => ({
  mode: "at-once",
  dailyAt: "08:00",
  timeZone,
  quietHours: null,
  pausedUntil,
  watching: ["MUG"],
  watchingTypes: [],
});

/** 15:30 in Berlin, and the beginning of that day there. */
const afternoon = "2031-03-10T14:30:00.000Z";
const midnight = "2031-03-09T23:00:00.000Z";

/** The pause that is sent if only these fields were changed. */
const sent = (stored: AlertMailsReply, changed: Partial<ReturnType<typeof toValues>> = {}) =>
  toBody({ ...toValues(stored), ...changed }, stored).pausedUntil;

describe("a pause that ends at an hour of a day", () => {
  it("keeps its hour if the form is saved unchanged, or with another field changed", () => {
    expect(toValues(paused(afternoon)).pausedUntil).toBe("2031-03-10");
    expect(sent(paused(afternoon))).toBe(afternoon);
    expect(sent(paused(afternoon), { mode: "daily" })).toBe(afternoon);
    expect(sent(paused(afternoon), { timeZone: "Asia/Tokyo" })).toBe(afternoon);
  });

  it("ends with the beginning of another day, or not at all, if the person says so", () => {
    expect(sent(paused(afternoon), { pausedUntil: "2031-03-11" })).toBe("2031-03-10T23:00:00.000Z");
    expect(sent(paused(afternoon), { pausedUntil: "" })).toBe(null);
  });
});

describe("a pause that ends when a day begins", () => {
  it("stays as it is, and goes along to another time zone", () => {
    expect(sent(paused(midnight))).toBe(midnight);
    expect(sent(paused(midnight), { timeZone: "Asia/Tokyo" })).toBe("2031-03-09T15:00:00.000Z");
  });
});

describe("the moment that the form names", () => {
  it("is that of a pause with an hour, as long as its day is not changed", () => {
    const stored = paused(afternoon);
    const values = toValues(stored);
    expect(pauseMoment(values, stored)).toBe(afternoon);
    expect(pauseMoment({ ...values, pausedUntil: "2031-03-11" }, stored)).toBe(null);
    expect(pauseMoment(toValues(paused(midnight)), paused(midnight))).toBe(null);
    expect(pauseMoment(toValues(paused(null)), paused(null))).toBe(null);
  });
});
