// The times on a chart's axis and in its tooltips, in the reader's time zone. No two in one chart are the same.

const clock: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit" };
const dayOf: Intl.DateTimeFormatOptions = { month: "short", day: "numeric" };
const weekdayOf: Intl.DateTimeFormatOptions = { weekday: "short", ...dayOf };

/** The texts of one hour: below its bar, and in its tooltip. */
export type HourWords = { readonly tick: string; readonly note: string };

/**
 * Returns the texts of hours that start at the given times. The last one is the current hour. `timeZone` is for
 * tests.
 */
export function hourWords(hours: readonly string[], timeZone?: string): HourWords[] {
  const zone = timeZone === undefined ? {} : { timeZone };
  const time = new Intl.DateTimeFormat(undefined, { ...clock, ...zone });
  const day = new Intl.DateTimeFormat(undefined, { ...weekdayOf, ...zone });
  // When the clock goes back, an hour occurs twice. Its zone tells the two apart.
  const zoned = new Intl.DateTimeFormat(undefined, { ...clock, timeZoneName: "short", ...zone });
  const begins = hours.map((at) => new Date(at));
  const plain = begins.map((at) => `${day.format(at)}, ${time.format(at)}`);
  return begins.map((at, place) => {
    const isTwice = plain.some((words, other) => other !== place && words === plain[place]);
    const begin = isTwice ? `${day.format(at)}, ${zoned.format(at)}` : (plain[place] ?? "");
    if (place === begins.length - 1) return { tick: "now", note: `${begin} until now` };
    const end = time.format(new Date(at.getTime() + 3_600_000));
    return { tick: isTwice ? zoned.format(at) : time.format(at), note: `${begin}–${end}` };
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
  const days = (to - from) / dayMs;
  // The clocks differ a little, so the service's day may be longer than 24 hours by the browser's clock.
  const isHourly = days < 1.1;
  const stepMin = Math.ceil((isHourly ? days * 24 : days) / ticksMax);
  const step = isHourly ? (hourSteps.find((hours) => hours >= stepMin) ?? 24) : stepMin;
  const day = new Intl.DateTimeFormat(undefined, dayOf);
  const hour = new Intl.DateTimeFormat(undefined, clock);
  const ticks: AxisTick[] = [];
  const next = new Date(from);
  next.setHours(0, 0, 0, 0);
  // Adds hours and days in local time, so that ticks stay on whole hours when the clock changes.
  while (next.getTime() <= to) {
    const words = (next.getHours() === 0 ? day : hour).format(next);
    if (next.getTime() > from) ticks.push({ at: next.getTime(), words });
    if (isHourly) next.setHours(next.getHours() + step);
    else next.setDate(next.getDate() + step);
  }
  const isSameAtEnds = ticks.length > 1 && ticks[0]?.words === ticks.at(-1)?.words;
  return isSameAtEnds ? ticks.slice(1) : ticks;
}
