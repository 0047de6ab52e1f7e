// What the form of alert mails shows of a stored choice, and the choice that it sends: without a page, so that it can be
// tested.

import type { AlertMails, AlertMailsReply } from "../../contract/alert-mails.ts";
import { type MailMode, mailModes } from "../../domain/alerting/mail-choice.ts";
import { dayField, startOfDayField } from "../words/formats.ts";

export const modeOf = (value: string): MailMode =>
  mailModes.find((mode) => mode === value) ?? "at-once";

/** What the form shows. Items are separated by commas. */
export type AlertMailsValues = ReturnType<typeof toValues>;

/**
 * The choice as the form has it. A pause ends when a day begins in the zone of the form: whoever fills it in may be in
 * another.
 */
export function toValues(stored: AlertMailsReply | null) {
  const { mode = "at-once", dailyAt = "08:00", timeZone = "UTC" } = stored ?? {};
  return {
    mode,
    dailyAt,
    timeZone,
    hasQuietHours: (stored?.quietHours ?? null) !== null,
    quietFrom: stored?.quietHours?.from ?? "22:00",
    quietUntil: stored?.quietHours?.until ?? "07:00",
    pausedUntil: dayOf(stored),
    watching: stored?.watching.join(", ") ?? "",
    watchingTypes: (stored?.watchingTypes ?? []).toSorted(),
  };
}

/** The choice to send. `stored` is the one that the form started from; null if it is not known. */
export function toBody(values: AlertMailsValues, stored: AlertMailsReply | null): AlertMails {
  const { dailyAt, timeZone, hasQuietHours, quietFrom, quietUntil, pausedUntil, ...rest } = values;
  return {
    mode: modeOf(values.mode),
    dailyAt,
    timeZone,
    quietHours: hasQuietHours ? { from: quietFrom, until: quietUntil } : null,
    pausedUntil: pauseMoment(values, stored) ?? startOf(pausedUntil, timeZone),
    watching: rest.watching
      .split(/[,\n]/)
      .flatMap((sku) => (sku.trim() === "" ? [] : [sku.trim()])),
    watchingTypes: rest.watchingTypes,
  };
}

/**
 * The moment at which a pause ends whose day the person has not changed: a program may set any hour of it. Null for a pause
 * that ends when its day begins, because that one goes along to another time zone.
 */
export function pauseMoment(
  { pausedUntil }: Pick<AlertMailsValues, "pausedUntil">,
  stored: AlertMailsReply | null,
): string | null {
  const end = stored?.pausedUntil ?? null;
  if (stored === null || end === null || pausedUntil !== dayOf(stored)) return null;
  const begin = startOfDayField(pausedUntil, stored.timeZone);
  return begin.getTime() === Date.parse(end) ? null : end;
}

const startOf = (day: string, timeZone: string): string | null =>
  day === "" ? null : startOfDayField(day, timeZone).toISOString();

/** The day in which a stored pause ends, in its own zone, as a date field has it; empty if there is none. */
function dayOf(stored: AlertMailsReply | null): string {
  if (stored === null || stored.pausedUntil === null) return "";
  return dayField(new Date(stored.pausedUntil), stored.timeZone);
}
