// The one place that knows how numbers and times are written for the person who is logged in: as they have chosen, or else
// as their browser does. Everything that shows a number, a day or a time asks here.

import { isTimeZone, minutesPerDay, nextTimeOfDay } from "../../domain/alerting/local-time.ts";
import { isLocale } from "../../domain/language/languages.ts";

/** What a person has chosen. Null leaves it to the browser. */
export type ChosenFormats = { readonly locale: string | null; readonly timeZone: string | null };

let chosen: { readonly locale: string | undefined; readonly timeZone: string | undefined } = {
  locale: undefined,
  timeZone: undefined,
};

/** Formats are slow to make, and there are few kinds of them. */
const times = new Map<string, Intl.DateTimeFormat>();
const numbers = new Map<string, Intl.NumberFormat>();
const relatives = new Map<string, Intl.RelativeTimeFormat>();

/** Takes what a person has chosen. A browser that does not know the locale or the zone goes on with its own. */
export function chooseFormats({ locale, timeZone }: ChosenFormats): void {
  const next = {
    locale: locale !== null && isLocale(locale) ? locale : undefined,
    timeZone: timeZone !== null && isTimeZone(timeZone) ? timeZone : undefined,
  };
  if (next.locale === chosen.locale && next.timeZone === chosen.timeZone) return;
  chosen = next;
  for (const made of [times, numbers, relatives]) made.clear();
}

/** Returns the format of days and times. Without a zone in `options` it is the person's. */
export function timeFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const { locale, timeZone: zone } = chosen;
  const make = () => new Intl.DateTimeFormat(locale, { timeZone: zone, ...options });
  return keep(times, JSON.stringify(options), make);
}

/** Returns the format of numbers. */
export function numberFormat(options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  const make = () => new Intl.NumberFormat(chosen.locale, options);
  return keep(numbers, JSON.stringify(options), make);
}

/** Returns the format of times from now, such as "5 minutes ago". */
export function relativeFormat(): Intl.RelativeTimeFormat {
  return keep(relatives, "", makeRelative);
}

const makeRelative = () => new Intl.RelativeTimeFormat(chosen.locale, { numeric: "auto" });

function keep<Format>(made: Map<string, Format>, key: string, make: () => Format): Format {
  const known = made.get(key);
  if (known !== undefined) return known;
  const format = make();
  made.set(key, format);
  return format;
}

/** The person's time zone. */
export const timeZone = (): string => timeFormat({}).resolvedOptions().timeZone;

/** The midnight at which the day of a time begins in a zone, by default the person's. */
export function startOfDay(at: Date, zone = timeZone()): Date {
  let midnight = nextTimeOfDay(new Date(at.getTime() - 2 * minutesPerDay * 60_000), 0, zone);
  for (;;) {
    const next = nextTimeOfDay(midnight, 0, zone);
    if (next > at) return midnight;
    midnight = next;
  }
}

/** The day of a time in a zone, by default the person's, as the field of a day has it: `2026-12-03`. */
export function dayField(at: Date, zone = timeZone()): string {
  const parts = new Intl.DateTimeFormat("en", {
    timeZone: zone,
    calendar: "gregory",
    numberingSystem: "latn",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).formatToParts(at);
  const part = (wanted: string) => parts.find(({ type }) => type === wanted)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

/**
 * The time at which a day begins in a zone, by default the person's. Throws a `RangeError` if the field has no day.
 */
export function startOfDayField(value: string, zone = timeZone()): Date {
  const noon = new Date(`${value}T12:00:00Z`);
  // Noon in UTC may be on another day in zones far from it.
  for (const hours of Number.isNaN(noon.getTime()) ? [] : [-24, 0, 24]) {
    const begin = startOfDay(new Date(noon.getTime() + hours * 3_600_000), zone);
    if (dayField(begin, zone) === value) return begin;
  }
  throw new RangeError(`Expected a day, such as 2026-12-03; got "${value}".`);
}
