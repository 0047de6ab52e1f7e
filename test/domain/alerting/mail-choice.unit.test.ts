import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isTimeZone, minuteOfDay, nextTimeOfDay } from "../../../src/domain/alerting/local-time.ts";
import {
  mayBeSentAfterSnooze,
  mayBeSentAt,
  type MailChoice,
  usualChoice,
  waitsUntil,
} from "../../../src/domain/alerting/mail-choice.ts";

const hourMs = 3_600_000;
const berlin = "Europe/Berlin";
const at = (text: string) => new Date(text);
const clock = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
const quiet = (from: string, until: string) => ({ from: clock(from), until: clock(until) });

describe("the next time of day", () => {
  test.each([
    ["later today", "2026-01-10T05:00Z", "08:00", berlin, "2026-01-10T07:00Z"],
    ["tomorrow, if it has passed", "2026-01-10T07:00Z", "08:00", berlin, "2026-01-11T07:00Z"],
    ["an hour earlier in summer", "2026-07-10T05:00Z", "08:00", berlin, "2026-07-10T06:00Z"],
    ["after clocks go forward", "2026-03-28T12:00Z", "08:00", berlin, "2026-03-29T06:00Z"],
    ["skipped: as much later", "2026-03-29T00:30Z", "02:30", berlin, "2026-03-29T01:30Z"],
    ["shown twice: the first", "2026-10-24T23:00Z", "02:30", berlin, "2026-10-25T00:30Z"],
    ["shown twice: then the second", "2026-10-25T00:30Z", "02:30", berlin, "2026-10-25T01:30Z"],
    ["after the second: tomorrow", "2026-10-25T01:30Z", "02:30", berlin, "2026-10-26T01:30Z"],
    ["a zone of half an hour", "2026-01-10T00:00Z", "08:00", "Asia/Kolkata", "2026-01-10T02:30Z"],
    [
      "a zone that is a day ahead",
      "2026-01-10T18:00Z",
      "08:00",
      "Pacific/Kiritimati",
      "2026-01-10T18:00:00.000Z",
    ],
    ["UTC", "2026-01-10T08:00Z", "08:00", "UTC", "2026-01-11T08:00Z"],
    ["midnight", "2026-01-10T08:00Z", "00:00", "UTC", "2026-01-11T00:00Z"],
  ])("%s", (name, after, time, zone, expected) => {
    const begin = name === "a zone that is a day ahead" ? "2026-01-10T17:59:59Z" : after;
    expect(nextTimeOfDay(at(begin), clock(time), zone)).toEqual(at(expected));
  });

  test("a zone is one that this machine knows", () => {
    expect(
      ["UTC", berlin, "America/St_Johns", "Mars/Base", "", "not a zone"].map(isTimeZone),
    ).toEqual([true, true, true, false, false, false]);
  });
});

describe("a mail", () => {
  const night = { ...usualChoice, timeZone: berlin, quietHours: quiet("22:00", "07:00") };
  const daily = { ...usualChoice, mode: "daily", timeZone: berlin } as const;
  test.each<[string, MailChoice, string, string]>([
    ["goes at once", usualChoice, "2026-01-10T03:00Z", "2026-01-10T03:00:02Z"],
    ["goes at once outside quiet hours", night, "2026-01-10T12:00Z", "2026-01-10T12:00:02Z"],
    ["waits for the end of the night", night, "2026-01-10T23:00Z", "2026-01-11T06:00Z"],
    ["waits if the night begins meanwhile", night, "2026-01-10T20:59:59Z", "2026-01-11T06:00Z"],
    ["goes at the end of the night", night, "2026-01-10T06:00Z", "2026-01-10T06:00:02Z"],
    ["waits an hour less as clocks go forward", night, "2026-03-28T22:00Z", "2026-03-29T05:00Z"],
    ["waits an hour more as clocks go back", night, "2026-10-24T22:00Z", "2026-10-25T06:00Z"],
    [
      "waits for the first end of quiet hours that clocks show twice",
      { ...night, quietHours: quiet("22:00", "02:30") },
      "2026-10-24T22:00Z",
      "2026-10-25T00:30Z",
    ],
    [
      "waits for the second end if it is written between them",
      { ...night, quietHours: quiet("22:00", "02:30") },
      "2026-10-25T01:10Z",
      "2026-10-25T01:30Z",
    ],
    [
      "waits for quiet hours of a day",
      { ...usualChoice, quietHours: quiet("12:00", "13:30") },
      "2026-01-10T13:00Z",
      "2026-01-10T13:30Z",
    ],
    ["of a day waits for its hour", daily, "2026-01-10T03:00Z", "2026-01-10T07:00Z"],
    ["of a day waits for tomorrow's hour", daily, "2026-01-10T07:00Z", "2026-01-11T07:00Z"],
    [
      "of a day goes after quiet hours that have its hour",
      { ...daily, quietHours: quiet("22:00", "09:00") },
      "2026-01-10T03:00Z",
      "2026-01-10T08:00Z",
    ],
    [
      "waits for the end of a pause",
      { ...usualChoice, pausedUntil: at("2026-01-12T00:00Z") },
      "2026-01-10T03:00Z",
      "2026-01-12T00:00Z",
    ],
    [
      "waits for the end of the night after a pause",
      { ...night, pausedUntil: at("2026-01-12T00:00Z") },
      "2026-01-10T03:00Z",
      "2026-01-12T06:00Z",
    ],
    [
      "of a day waits for its hour after a pause",
      { ...daily, pausedUntil: at("2026-01-12T12:00Z") },
      "2026-01-10T03:00Z",
      "2026-01-13T07:00Z",
    ],
    [
      "of a day goes when a pause ends at its hour",
      { ...daily, pausedUntil: at("2026-01-12T07:00Z") },
      "2026-01-10T03:00Z",
      "2026-01-12T07:00Z",
    ],
    [
      "goes if a pause is over",
      { ...usualChoice, pausedUntil: at("2026-01-09T00:00Z") },
      "2026-01-10T03:00Z",
      "2026-01-10T03:00:02Z",
    ],
  ])("%s", (_name, choice, now, expected) => {
    expect(mayBeSentAt(choice, at(now), 2_000)).toEqual(at(expected));
  });

  const minutes = fc.integer({ min: 0, max: 1_439 });
  const choices = fc.record({
    mode: fc.constantFrom("at-once", "daily"),
    dailyAt: minutes,
    quietHours: fc.option(
      fc.record({ from: minutes, until: minutes }).filter(({ from, until }) => from !== until),
    ),
    timeZone: fc.constantFrom(
      "UTC",
      berlin,
      "America/New_York",
      "Australia/Lord_Howe",
      "Asia/Kolkata",
      "Pacific/Apia",
      "America/Sao_Paulo",
    ),
    pausedUntil: fc.option(
      fc.date({ min: at("2026-01-01"), max: at("2027-01-01"), noInvalidDate: true }),
    ),
  }) satisfies fc.Arbitrary<MailChoice>;
  const instants = fc.date({ min: at("2026-01-01"), max: at("2026-12-31"), noInvalidDate: true });
  const isQuiet = ({ quietHours, timeZone }: MailChoice, when: Date) => {
    if (quietHours === null) return false;
    const minute = minuteOfDay(when, timeZone);
    const { from, until } = quietHours;
    return from < until ? minute >= from && minute < until : minute >= from || minute < until;
  };

  test("never goes in quiet hours or a pause, and never before it was written", () => {
    fc.assert(
      fc.property(choices, instants, (choice, now) => {
        const sent = mayBeSentAt(choice, now, 2_000);
        expect(sent.getTime()).toBeGreaterThanOrEqual(now.getTime());
        expect(isQuiet(choice, sent)).toBe(false);
        expect(choice.pausedUntil !== null && sent < choice.pausedUntil).toBe(false);
        // What may go then need not wait again: no mail is put off for ever.
        expect(waitsUntil(choice, sent)).toBeNull();
      }),
    );
  });

  test("goes after a snooze as one that is written then, and with a daily mail of that very time", () => {
    fc.assert(
      fc.property(choices, instants, (choice, until) => {
        const sent = mayBeSentAfterSnooze(choice, until);
        expect(sent.getTime()).toBeGreaterThanOrEqual(until.getTime());
        expect(sent.getTime()).toBeLessThanOrEqual(mayBeSentAt(choice, until, 0).getTime());
        expect(waitsUntil(choice, sent)).toBeNull();
        const everyDay = { ...choice, mode: "daily", quietHours: null, pausedUntil: null } as const;
        const time = mayBeSentAt(everyDay, until, 0);
        expect(mayBeSentAfterSnooze(everyDay, time)).toEqual(time);
      }),
    );
  });

  test("goes within two days and the quiet hours after a pause", () => {
    fc.assert(
      fc.property(choices, instants, (choice, now) => {
        const begin = Math.max(now.getTime(), choice.pausedUntil?.getTime() ?? 0);
        expect(mayBeSentAt(choice, now, 2_000).getTime() - begin).toBeLessThanOrEqual(50 * hourMs);
      }),
    );
  });

  test("that was to go in quiet hours or a pause waits for their end, and any other goes", () => {
    fc.assert(
      fc.property(choices, instants, (choice, now) => {
        const until = waitsUntil(choice, now);
        const paused = choice.pausedUntil !== null && choice.pausedUntil > now;
        expect(until !== null).toBe(isQuiet(choice, now) || paused);
        if (until !== null) expect(until > now).toBe(true);
      }),
    );
  });
});
