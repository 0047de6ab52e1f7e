// The times on a chart's axis and in its tooltips, in the reader's time zone. No two in one chart are the same.

import { minuteOfDay, minutesPerDay, nextTimeOfDay } from "../../domain/alerting/local-time.ts";
import { chartTimes as text } from "./en/chart-times.ts";
import { startOfDay, timeFormat, timeZone } from "./formats.ts";

const clock: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit" };
const dayOf: Intl.DateTimeFormatOptions = { month: "short", day: "numeric" };
const weekdayOf: Intl.DateTimeFormatOptions = { weekday: "short", ...dayOf };

/** The texts of one hour: below its bar, and in its tooltip. */
export type HourWords = { readonly tick: string; readonly note: string };

/**
 * Returns the texts of hours that start at the given times. The last one is the current hour.
 */
export function hourWords(hours: readonly string[]): HourWords[] {
  const time = timeFormat(clock);
  const day = timeFormat(weekdayOf);
  // When the clock goes back, an hour occurs twice. Its zone tells the two apart.
  const zoned = timeFormat({ ...clock, timeZoneName: "short" });
  const begins = hours.map((at) => new Date(at));
  const plain = begins.map((at) => `${day.format(at)}, ${time.format(at)}`);
  return begins.map((at, place) => {
    const isTwice = plain.some((words, other) => other !== place && words === plain[place]);
    const begin = isTwice ? `${day.format(at)}, ${zoned.format(at)}` : (plain[place] ?? "");
    if (place === begins.length - 1) return { tick: text.now, note: text.untilNow(begin) };
    const end = time.format(new Date(at.getTime() + 3_600_000));
    return { tick: isTwice ? zoned.format(at) : time.format(at), note: text.hour(begin, end) };
  });
}

/** A time on an axis, in milliseconds, and its text. */
export type AxisTick = { readonly at: number; readonly words: string };

const dayMs = 86_400_000;
/** Steps in hours that put the ticks at the same times every day. */
const hourSteps = [1, 2, 3, 4, 6, 8, 12, 24];

/**
 * Returns at most `ticksMax` ticks between two times: at whole hours within a day, else at midnights; never at
 * `from`.
 */
export function axisTicks(from: number, to: number, ticksMax: number): AxisTick[] {
  const spanDays = (to - from) / dayMs;
  // The clocks differ a little, so the service's day may be longer than 24 hours by the browser's clock.
  const isHourly = spanDays < 1.1;
  const stepMin = Math.ceil((isHourly ? spanDays * 24 : spanDays) / ticksMax);
  const step = isHourly ? (hourSteps.find((hours) => hours >= stepMin) ?? 24) : stepMin;
  const zone = timeZone();
  const [day, hour] = [timeFormat(dayOf), timeFormat(clock)];
  const ticks: AxisTick[] = [];
  // Goes by clocks on a wall, so that ticks stay on whole hours when the clocks change.
  for (let next = startOfDay(new Date(from)); next.getTime() <= to;) {
    const minute = minuteOfDay(next, zone);
    const at = next.getTime();
    if (at > from) ticks.push({ at, words: (minute === 0 ? day : hour).format(next) });
    if (isHourly) next = nextTimeOfDay(next, (minute + step * 60) % minutesPerDay, zone);
    else for (let days = 0; days < step; days += 1) next = nextTimeOfDay(next, 0, zone);
  }
  const isSameAtEnds = ticks.length > 1 && ticks[0]?.words === ticks.at(-1)?.words;
  return isSameAtEnds ? ticks.slice(1) : ticks;
}
