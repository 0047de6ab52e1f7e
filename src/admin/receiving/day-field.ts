// The value of a field for a day. A delivery is expected on a day, and the API stores a time: noon in UTC, which is the
// same day in almost every time zone.

import { dayField as dayIn } from "../words/formats.ts";

/** The field's value for a stored time, in the reader's time zone: 2026-12-03. */
export function dayField(at: string): string {
  return dayIn(new Date(at));
}

/** The time for the API; null if the field has no day. */
export function fromDayField(value: string): string | null {
  if (!/^20\d\d-\d\d-\d\d$/.test(value)) return null;
  const moment = new Date(`${value}T12:00:00Z`);
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString();
}
