// Times of day in a time zone, as clocks on a wall show them. When clocks are put forward, some times do not exist on that
// day; when they are put back, some exist twice.

/** Minutes of a day. A time of day is a whole number of minutes since midnight, from 0 to 1439. */
export const minutesPerDay = 1_440;

const minuteMs = 60_000;
const dayMs = minutesPerDay * minuteMs;

/** Made once for each name. A name has many spellings that mean the same zone, so their number has a limit. */
const clocksMax = 1_000;
const clocks = new Map<string, Intl.DateTimeFormat>();

/** Whether `zone` is the name of a time zone, such as `Europe/Berlin`. */
export function isTimeZone(zone: string): boolean {
  try {
    return clockOf(zone) !== undefined;
  } catch {
    return false;
  }
}

/** The time of day of an instant, in minutes since midnight. */
export function minuteOfDay(at: Date, zone: string): number {
  const wall = wallClock(at.getTime(), zone);
  return Math.floor((wall - Math.floor(wall / dayMs) * dayMs) / minuteMs);
}

/**
 * The first instant after `after` at which clocks in `zone` show the time of day `minute`. If clocks skip it on a day, it
 * is as much later on that day as the clocks jumped.
 */
export function nextTimeOfDay(after: Date, minute: number, zone: string): Date {
  const today = Math.floor(wallClock(after.getTime(), zone) / dayMs);
  for (let day = today - 1; ; day += 1) {
    const found = instantsOf(day * dayMs + minute * minuteMs, zone).find(
      (instant) => instant > after.getTime(),
    );
    if (found !== undefined) return new Date(found);
  }
}

/** The instants at which clocks show `wall`: one, two when clocks were put back, or one later if the time was skipped. */
function instantsOf(wall: number, zone: string): readonly number[] {
  const before = wall - offsetAt(wall - dayMs, zone);
  const after = wall - offsetAt(wall + dayMs, zone);
  const shown = [...new Set([before, after])].filter((at) => wallClock(at, zone) === wall);
  return shown.length > 0 ? shown.toSorted((one, other) => one - other) : [before];
}

const offsetAt = (at: number, zone: string): number => wallClock(at, zone) - at;

/** What clocks show at an instant, as if it were UTC, in milliseconds. */
function wallClock(at: number, zone: string): number {
  const whole = Math.floor(at / 1_000) * 1_000;
  const parts = new Map(
    clockOf(zone)
      .formatToParts(whole)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  const wall = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return wall + at - whole;
}

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const clock = new Intl.DateTimeFormat("en", {
    timeZone: zone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  if (clocks.size >= clocksMax) clocks.clear();
  clocks.set(zone, clock);
  return clock;
}

/** A minute of the day as a clock shows it: 8 * 60 is 08:00. */
export const toClock = (minute: number): string =>
  [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, "0")).join(":");
