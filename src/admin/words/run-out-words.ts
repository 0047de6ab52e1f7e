// Says when a count runs out, and how sure that is.

import type { OutlookReply, RunOutReply } from "../../contract/outlook.ts";
import { runOut as words } from "./en/run-out.ts";
import { startOfDay, timeFormat } from "./formats.ts";
import { day } from "./time.tsx";

/** A sentence, and what it rests on. */
export type RunOutWords = { readonly text: string; readonly hint: string };

/** So many days ahead, the day of the week says which day is meant. */
const weekDays = 6;

/** The fewest days in stock that tell anything about a week. */
const weekOfSales = 7;

/** Days in stock as people count them: a part of one is a day. */
export const knownDays = (daysInStock: number): number =>
  daysInStock > 0 ? Math.max(1, Math.round(daysInStock)) : 0;

/** The words, such as "About Thursday" and "Quite sure: Wednesday to Friday". */
export function runOutWords(
  {
    runsOut,
    daysInStock,
    unitsSoldLast28Days,
  }: Pick<OutlookReply, "runsOut" | "daysInStock" | "unitsSoldLast28Days">,
  now = new Date(),
): RunOutWords {
  const known = Math.max(1, knownDays(daysInStock));
  switch (runsOut.kind) {
    case "out":
      return words.notSold;
    case "unknown":
      return words.unknown;
    case "not-soon":
      return {
        text: words.notSoon,
        hint: unitsSoldLast28Days > 0 ? words.lasting : words.noneSold(known),
      };
    case "runs-out":
      return { text: aboutWords(runsOut.at, now), hint: hintOf(runsOut, daysInStock, known, now) };
  }
}

function aboutWords(at: string | null, now: Date): string {
  if (at === null) return "";
  const days = daysUntil(at, now);
  if (days <= 0) return words.today;
  return days === 1 ? words.tomorrow : words.about(dayWords(at, now));
}

function hintOf(
  { from, until, certainty }: RunOutReply,
  daysInStock: number,
  known: number,
  now: Date,
): string {
  if (certainty === "guess") {
    return daysInStock < weekOfSales ? words.guessFewDays(known) : words.guessFewSold;
  }
  if (from === null || until === null) return "";
  const range = words.range(dayWords(from, now), dayWords(until, now));
  return certainty === "sure" ? words.sure(range) : words.rough(range);
}

/** "today", "tomorrow", a day of the week if it is within a week, else the date. */
function dayWords(at: string, now: Date): string {
  const days = daysUntil(at, now);
  if (days <= 0) return words.rangeToday;
  if (days === 1) return words.rangeTomorrow;
  return days <= weekDays ? timeFormat({ weekday: "long" }).format(new Date(at)) : day(at);
}

/** Midnights from now to a time. */
function daysUntil(at: string, now: Date): number {
  const midnight = startOfDay(new Date(at)).getTime();
  return Math.round((midnight - startOfDay(now).getTime()) / 86_400_000);
}
