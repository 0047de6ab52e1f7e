// Times in the reader's time zone and language, with the exact time in a tooltip.

import { Tooltip } from "@mantine/core";
import { time as text } from "./en/time.ts";
import { relativeFormat, timeFormat } from "./formats.ts";

const exact = { dateStyle: "medium", timeStyle: "medium" } as const;
const short = { dateStyle: "medium", timeStyle: "short" } as const;
const thisYear = { month: "short", day: "numeric", hour: "numeric", minute: "2-digit" } as const;
const dayThisYear = { month: "short", day: "numeric" } as const;
const dayOfYear = { dateStyle: "medium" } as const;

const steps = [
  { unit: "day", seconds: 86_400 },
  { unit: "hour", seconds: 3_600 },
  { unit: "minute", seconds: 60 },
] as const;

/** Returns a date and time, without the year if it is the current one. */
export function dateTime(at: string): string {
  const moment = new Date(at);
  return timeFormat(isThisYear(moment) ? thisYear : short).format(moment);
}

/** Returns a date and time with its year, for a tooltip. */
export const fullDateTime = (at: number): string => timeFormat(short).format(at);

/** Returns a day, without the year if it is the current one. */
export function day(at: string): string {
  const moment = new Date(at);
  return timeFormat(isThisYear(moment) ? dayThisYear : dayOfYear).format(moment);
}

function isThisYear(moment: Date): boolean {
  const year = timeFormat({ year: "numeric" });
  return year.format(moment) === year.format(new Date());
}

/** Returns how long ago a time was: "5 minutes ago"; "just now" under a minute. */
export function ago(at: string, now: number = Date.now()): string {
  const seconds = (Date.parse(at) - now) / 1_000;
  const step = steps.find((candidate) => Math.abs(seconds) >= candidate.seconds);
  return step === undefined
    ? text.justNow
    : relativeFormat().format(Math.trunc(seconds / step.seconds), step.unit);
}

/** Returns a duration in its largest unit: "3 min". */
export function duration(seconds: number): string {
  const step = steps.find((candidate) => seconds >= candidate.seconds);
  if (step === undefined) return text.seconds(Math.round(seconds));
  return text[step.unit](Math.floor(seconds / step.seconds));
}

/** A time: as date and time, or as "5 minutes ago" with `relative`. */
export function Time({ at, relative: isRelative = false }: { at: string; relative?: boolean }) {
  return (
    <Tooltip label={timeFormat(exact).format(new Date(at))}>
      <time dateTime={at}>{isRelative ? ago(at) : dateTime(at)}</time>
    </Tooltip>
  );
}
