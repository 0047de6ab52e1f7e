// The times below a chart and in its notes, in the reader's own zone. No two places of one chart have the same words.

const clock: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit" };
const dayOf: Intl.DateTimeFormatOptions = { month: "short", day: "numeric" };
const weekdayOf: Intl.DateTimeFormatOptions = { weekday: "short", ...dayOf };

/** One hour of a chart: the words below its bar, and those of the note about it. */
export type HourWords = { readonly tick: string; readonly note: string };

/** The words for hours that begin at the given moments; the last one is running. `timeZone` is for tests. */
export function hourWords(hours: readonly string[], timeZone?: string): HourWords[] {
  const zone = timeZone === undefined ? {} : { timeZone };
  const time = new Intl.DateTimeFormat(undefined, { ...clock, ...zone });
  const day = new Intl.DateTimeFormat(undefined, { ...weekdayOf, ...zone });
  // When the clock goes back, an hour comes twice, and its zone tells which one it is.
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

/** A moment on an axis and its words. */
export type AxisTick = { readonly at: number; readonly words: string };

const dayMs = 86_400_000;
/** After so many hours each, ticks are at the same times every day. */
const hourSteps = [1, 2, 3, 4, 6, 8, 12, 24];

/** So many ticks at most between two moments: on whole hours within a day, else at midnights; none at `from` itself. */
export function axisTicks(from: number, to: number, ticksMax: number): AxisTick[] {
  const days = (to - from) / dayMs;
  // A day by the service's clock may be a little more by the browser's.
  const isHourly = days < 1.1;
  const stepMin = Math.ceil((isHourly ? days * 24 : days) / ticksMax);
  const step = isHourly ? (hourSteps.find((hours) => hours >= stepMin) ?? 24) : stepMin;
  const day = new Intl.DateTimeFormat(undefined, dayOf);
  const hour = new Intl.DateTimeFormat(undefined, clock);
  const ticks: AxisTick[] = [];
  const next = new Date(from);
  next.setHours(0, 0, 0, 0);
  // Hours and days are added as the reader's clock has them, so that ticks stay on them when the clock changes.
  while (next.getTime() <= to) {
    const words = (next.getHours() === 0 ? day : hour).format(next);
    if (next.getTime() > from) ticks.push({ at: next.getTime(), words });
    if (isHourly) next.setHours(next.getHours() + step);
    else next.setDate(next.getDate() + step);
  }
  const isSameAtEnds = ticks.length > 1 && ticks[0]?.words === ticks.at(-1)?.words;
  return isSameAtEnds ? ticks.slice(1) : ticks;
}
