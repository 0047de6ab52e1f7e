// The counts of the last hours. Hours in the past no longer change, so each process counts them once and caches them.

import type { Pool } from "pg";
import { type HourCount, readHours } from "../../db/reports/read-hours.ts";

const hourMs = 3_600_000;
/** After this time every order of an hour is decided, unless a failure has been noticed. */
const settledMs = 15 * 60_000;

/** Reads the counts of the last hours and the current one, oldest first. */
export type HourCounts = (now: Date) => Promise<HourCount[]>;

/** Creates the reader for `hours` full hours. */
export function createHourCounts(pool: Pool, hours: number): HourCounts {
  const settled = new Map<number, HourCount>();
  return async (now) => {
    const current = Math.floor(now.getTime() / hourMs) * hourMs;
    const wanted = Array.from({ length: hours + 1 }, (_, ago) => current - (hours - ago) * hourMs);
    const missing = wanted.filter((hour) => !settled.has(hour));
    const counted = new Map(settled);
    for (const count of await readHours(
      pool,
      missing.map((hour) => new Date(hour)),
    )) {
      const hour = count.at.getTime();
      counted.set(hour, count);
      if (hour + hourMs + settledMs < now.getTime()) settled.set(hour, count);
    }
    for (const hour of settled.keys()) if (hour < current - hours * hourMs) settled.delete(hour);
    return wanted.flatMap((hour) => counted.get(hour) ?? []);
  };
}
