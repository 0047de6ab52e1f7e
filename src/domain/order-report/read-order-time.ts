// Reads when an order was placed, in the forms that shop systems write. A date such as 1/5/2024 is the first of May or
// the fifth of January, so the form must be named.

import { quoted } from "../quoted.ts";

/** The order of day and month in dates with slashes. */
export const slashedDateForms = ["day-first", "month-first"] as const;

/** The order of day and month in dates with slashes. */
export type SlashedDateForm = (typeof slashedDateForms)[number];

/** The instant in milliseconds since 1970, or why there is none. */
export type ReadOrderTime =
  | { readonly ok: true; readonly at: number }
  | { readonly ok: false; readonly detail: string };

const textMax = 40;

const time = String.raw`(?:[T ]\s*(?<hour>\d{1,2}):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d{1,9}))?)?\s*(?<half>[AaPp]\.?[Mm]\.?)?\s*(?<zone>Z|UTC|GMT|[+-]\s*\d\d(?::?\d\d)?)?)?`;
const forms = {
  yearFirst: new RegExp(
    String.raw`^(?<year>\d{4})([-/.])(?<month>\d{1,2})\2(?<day>\d{1,2})${time}$`,
  ),
  slashed: new RegExp(String.raw`^(?<first>\d{1,2})/(?<other>\d{1,2})/(?<year>\d{4})${time}$`),
  // Dates with points have the day first in every country that writes them.
  pointed: new RegExp(String.raw`^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})${time}$`),
};

/**
 * Reads a time such as `2024-01-05 10:22:31 -0500`, `2024-01-05T15:22:31Z`, `2024-01-05 10:22`, `5.1.2024` or, with a
 * `form`, `1/5/2024 10:22 PM`. A time without a zone is taken as UTC: it is compared with others of the same file.
 */
export function readOrderTime(text: string, form: SlashedDateForm | undefined): ReadOrderTime {
  const trimmed = text.trim();
  if (trimmed === "" || trimmed.length > textMax) return unreadable(trimmed);
  const slashed = forms.slashed.exec(trimmed)?.groups;
  if (slashed !== undefined && form === undefined) return ambiguous(trimmed);
  const groups =
    slashed === undefined
      ? (forms.yearFirst.exec(trimmed) ?? forms.pointed.exec(trimmed))?.groups
      : { ...slashed, ...dayAndMonth(slashed, form) };
  const at = groups === undefined ? undefined : instantOf(groups);
  return at === undefined ? unreadable(trimmed) : { ok: true, at };
}

type Groups = Readonly<Record<string, string | undefined>>;

function dayAndMonth({ first, other }: Groups, form: SlashedDateForm | undefined): Groups {
  return form === "day-first" ? { day: first, month: other } : { day: other, month: first };
}

/** The instant; undefined if there is no such day or time. */
function instantOf(groups: Groups): number | undefined {
  const part = (name: string) => Number(groups[name] ?? "0");
  const [year, month, day, minute, second] = ["year", "month", "day", "minute", "second"].map(part);
  const hour = hourOf(part("hour"), groups["half"]);
  if (hour === undefined || minute === undefined || minute > 59) return undefined;
  if (second === undefined || second > 59) return undefined;
  const milliseconds = Math.floor(Number(`0.${groups["fraction"] ?? "0"}`) * 1_000);
  const date = new Date(
    Date.UTC(year ?? 0, (month ?? 0) - 1, day ?? 0, hour, minute, second, milliseconds),
  );
  // Date.UTC makes the second of March of a 31st of February.
  const isReal = date.getUTCMonth() === (month ?? 0) - 1 && date.getUTCFullYear() === year;
  const offset = offsetOf(groups["zone"]);
  return isReal && offset !== undefined ? date.getTime() - offset : undefined;
}

function hourOf(hour: number, half: string | undefined): number | undefined {
  if (half === undefined) return hour > 23 ? undefined : hour;
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half.toLowerCase().startsWith("p") ? 12 : 0);
}

/** The zone's distance from UTC, in milliseconds. */
function offsetOf(zone: string | undefined): number | undefined {
  const found = /^([+-])\s*(\d\d):?(\d\d)?$/.exec(zone ?? "");
  if (found === null) return 0;
  const [, sign, hours, minutes = "0"] = found;
  if (Number(hours) > 15 || Number(minutes) > 59) return undefined;
  const distance = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return sign === "-" ? -distance : distance;
}

function unreadable(text: string): ReadOrderTime {
  return {
    ok: false,
    detail: `Expected a date such as 2024-01-05 10:22:31 -0500; got ${quoted(text)}.`,
  };
}

function ambiguous(text: string): ReadOrderTime {
  return {
    ok: false,
    detail: `Expected a date with the year first; got ${quoted(text)}, in which some countries write the day first and others the month. Use --dates day-first or --dates month-first.`,
  };
}
