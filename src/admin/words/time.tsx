// Times in the reader's time zone and language, with the exact time in a tooltip.

import { Tooltip } from "@mantine/core";

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
const short = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const thisYear = new Intl.DateTimeFormat(undefined, {
  month: "short",
  day: "numeric",
  hour: "numeric",
  minute: "2-digit",
});
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });

const steps = [
  { unit: "day", seconds: 86_400 },
  { unit: "hour", seconds: 3_600 },
  { unit: "minute", seconds: 60 },
] as const;

/** Returns a date and time, without the year if it is the current one. */
export function dateTime(at: string): string {
  const moment = new Date(at);
  const isThisYear = moment.getFullYear() === new Date().getFullYear();
  return (isThisYear ? thisYear : short).format(moment);
}

const dayThisYear = new Intl.DateTimeFormat(undefined, { month: "short", day: "numeric" });
const dayOfYear = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });

/** Returns a day, without the year if it is the current one. */
export function day(at: string): string {
  const moment = new Date(at);
  const isThisYear = moment.getFullYear() === new Date().getFullYear();
  return (isThisYear ? dayThisYear : dayOfYear).format(moment);
}

/** Returns how long ago a time was: "5 minutes ago"; "just now" under a minute. */
export function ago(at: string, now: number = Date.now()): string {
  const seconds = (Date.parse(at) - now) / 1_000;
  const step = steps.find((candidate) => Math.abs(seconds) >= candidate.seconds);
  return step === undefined
    ? "just now"
    : relative.format(Math.trunc(seconds / step.seconds), step.unit);
}

/** Returns a duration in its largest unit: "3 min". */
export function duration(seconds: number): string {
  const step = steps.find((candidate) => seconds >= candidate.seconds);
  if (step === undefined) return `${Math.round(seconds)} s`;
  const words = { day: "d", hour: "h", minute: "min" } as const;
  return `${Math.floor(seconds / step.seconds)} ${words[step.unit]}`;
}

/** A time: as date and time, or as "5 minutes ago" with `relative`. */
export function Time({ at, relative: isRelative = false }: { at: string; relative?: boolean }) {
  return (
    <Tooltip label={exact.format(new Date(at))}>
      <time dateTime={at}>{isRelative ? ago(at) : dateTime(at)}</time>
    </Tooltip>
  );
}
