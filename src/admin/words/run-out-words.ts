// Says when a count runs out, and how sure that is.

import type { OutlookReply, RunOutReply } from "../../contract/outlook.ts";
import { count } from "./numbers.ts";
import { day } from "./time.tsx";

/** A sentence, and what it rests on. */
export type RunOutWords = { readonly text: string; readonly hint: string };

/** So many days ahead, the day of the week says which day is meant. */
const weekDays = 6;

/** The fewest days in stock that tell anything about a week. */
const weekOfSales = 7;

const weekDay = new Intl.DateTimeFormat(undefined, { weekday: "long" });

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
  const known = count(Math.max(1, knownDays(daysInStock)), "day");
  switch (runsOut.kind) {
    case "out":
      return { text: "Not sold now", hint: "Nothing can be sold." };
    case "unknown":
      return { text: "Not known yet", hint: "It was not in stock lately." };
    case "not-soon":
      return {
        text: "Not soon",
        hint: unitsSoldLast28Days > 0 ? "It lasts for more than a year." : `None sold in ${known}.`,
      };
    case "runs-out":
      return { text: aboutWords(runsOut.at, now), hint: hintOf(runsOut, daysInStock, known, now) };
  }
}

function aboutWords(at: string | null, now: Date): string {
  if (at === null) return "";
  const name = dayWords(at, now);
  return name === "today" || name === "tomorrow"
    ? `${name.charAt(0).toUpperCase()}${name.slice(1)}`
    : `About ${name}`;
}

function hintOf(
  { from, until, certainty }: RunOutReply,
  daysInStock: number,
  known: string,
  now: Date,
): string {
  if (certainty === "guess") {
    return daysInStock < weekOfSales
      ? `A guess: only ${known} of sales ${known === "1 day" ? "is" : "are"} known.`
      : "A guess: little was sold.";
  }
  if (from === null || until === null) return "";
  const [first, last] = [dayWords(from, now), dayWords(until, now)];
  const range = first === last ? first : `${first} to ${last}`;
  return `${certainty === "sure" ? "Quite sure" : "Roughly"}: ${range}.`;
}

/** "today", "tomorrow", a day of the week if it is within a week, else the date. */
function dayWords(at: string, now: Date): string {
  const moment = new Date(at);
  const days = Math.round((midnight(moment) - midnight(now)) / 86_400_000);
  if (days <= 0) return "today";
  if (days === 1) return "tomorrow";
  return days <= weekDays ? weekDay.format(moment) : day(at);
}

const midnight = (moment: Date): number =>
  new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime();
