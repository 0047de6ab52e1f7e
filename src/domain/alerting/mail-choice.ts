// How a person wants to be told of alerts, and when a mail may go to them. A person who has chosen nothing is told at once,
// at any hour.

import { minuteOfDay, nextTimeOfDay } from "./local-time.ts";

/** How alerts are mailed to a person: each at once, all of a day in one mail, or not at all. */
export const mailModes = ["at-once", "daily", "off"] as const;

/** How alerts are mailed to a person. */
export type MailMode = (typeof mailModes)[number];

/** A person's choice. Times of day are minutes since midnight in `timeZone`. */
export type MailChoice = {
  readonly mode: MailMode;
  /** When the daily mail is written. */
  readonly dailyAt: number;
  /** From and until when no mail is written; null if there are no quiet hours. They may pass midnight. */
  readonly quietHours: { readonly from: number; readonly until: number } | null;
  readonly timeZone: string;
  /** Until when nothing is mailed; null if mails are not paused. What comes meanwhile is mailed then. */
  readonly pausedUntil: Date | null;
};

/** The choice of a person who has chosen nothing. */
export const usualChoice: MailChoice = {
  mode: "at-once",
  dailyAt: 8 * 60,
  quietHours: null,
  timeZone: "UTC",
  pausedUntil: null,
};

/** When a mail that is written at `now` may go out. It waits for others for `gatherMs` milliseconds. */
export function mayBeSentAt(choice: MailChoice, now: Date, gatherMs: number): Date {
  const { mode, dailyAt, timeZone, pausedUntil } = choice;
  if (mode !== "daily") return outsideQuietHours(choice, afterPause(choice, later(now, gatherMs)));
  // A pause that ends at the very minute of the daily mail does not delay it for a day.
  const begin = pausedUntil !== null && pausedUntil > now ? later(pausedUntil, -1) : now;
  return outsideQuietHours(choice, nextTimeOfDay(begin, dailyAt, timeZone));
}

/**
 * When a mail may go out that was held back by a snooze until `until`. A person with one mail a day gets it with the first
 * of these from then on.
 */
export function mayBeSentAfterSnooze(choice: MailChoice, until: Date): Date {
  return mayBeSentAt(choice, choice.mode === "daily" ? later(until, -1) : until, 0);
}

/** Until when a mail that was to go out at `now` waits for the end of a pause or of quiet hours; null if it may go. */
export function waitsUntil(choice: MailChoice, now: Date): Date | null {
  const at = outsideQuietHours(choice, afterPause(choice, now));
  return at > now ? at : null;
}

/** The end of quiet hours if `at` is in them, else `at`. */
function outsideQuietHours({ quietHours, timeZone }: MailChoice, at: Date): Date {
  if (quietHours === null) return at;
  const { from, until } = quietHours;
  let end = at;
  // If clocks skip the end of quiet hours, they show a later time that may be within them again.
  while (isBetween(minuteOfDay(end, timeZone), from, until)) {
    end = nextTimeOfDay(end, until, timeZone);
  }
  return end;
}

const isBetween = (minute: number, from: number, until: number): boolean =>
  from <= until ? from <= minute && minute < until : from <= minute || minute < until;

const afterPause = ({ pausedUntil }: MailChoice, at: Date): Date =>
  pausedUntil !== null && pausedUntil > at ? pausedUntil : at;

const later = (at: Date, ms: number): Date => new Date(at.getTime() + ms);
