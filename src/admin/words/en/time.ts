// The texts of times and durations that the formats of a language don't give.

import { number } from "../numbers.ts";

/** The texts. */
export const time = {
  justNow: "just now",
  seconds: (seconds: number) => `${seconds} s`,
  minute: (minutes: number) => `${minutes} min`,
  hour: (hours: number) => `${hours} h`,
  day: (days: number) => `${number(days)} d`,
};
