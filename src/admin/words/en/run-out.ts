// The texts of when a count runs out, and how sure that is.

import { count } from "../numbers.ts";

/** The texts. */
export const runOut = {
  notSold: { text: "Not sold now", hint: "Nothing can be sold." },
  unknown: { text: "Not known yet", hint: "It was not in stock lately." },
  notSoon: "Not soon",
  lasting: "It lasts for more than a year.",
  noneSold: (knownDays: number) => `None sold in ${count(knownDays, "day")}.`,
  today: "Today",
  tomorrow: "Tomorrow",
  about: (day: string) => `About ${day}`,
  /** Days in a range. */
  rangeToday: "today",
  rangeTomorrow: "tomorrow",
  range: (first: string, last: string) => (first === last ? first : `${first} to ${last}`),
  sure: (range: string) => `Quite sure: ${range}.`,
  rough: (range: string) => `Roughly: ${range}.`,
  guessFewDays: (knownDays: number) =>
    `A guess: only ${count(knownDays, "day")} of sales ${knownDays === 1 ? "is" : "are"} known.`,
  guessFewSold: "A guess: little was sold.",
};
