// Finds environment variables whose name is almost a setting's. An operator who writes REDIS_URLS instead of REDIS_URL
// would run on PostgreSQL and never know. They cause a warning, not a refusal: another program may use that name.

import { nearest } from "./nearest.ts";
import { variableNames } from "../config.ts";

/** A sentence for each variable whose name is one slip away from a setting that is not set. */
export function misspeltSettings(
  environment: Readonly<Record<string, string | undefined>>,
): string[] {
  const unset = variableNames.filter((name) => name.includes("_") && !environment[name]);
  return Object.keys(environment).flatMap((name) => {
    if (variableNames.includes(name) || !environment[name]) return [];
    const candidates = unset.filter((setting) => isOneSlip(name.toUpperCase(), setting));
    const meant = nearest(name, candidates);
    return meant === undefined
      ? []
      : [`${name} is set, but there is no such setting. Was ${meant} meant?`];
  });
}

/** Whether the names differ by one letter (added, missing or wrong), or by the order of their letters. */
function isOneSlip(name: string, setting: string): boolean {
  if (name[0] !== setting[0] || Math.abs(name.length - setting.length) > 1) return false;
  if (sorted(name) === sorted(setting)) return true;
  let start = 0;
  while (start < setting.length && name[start] === setting[start]) start += 1;
  const skips = [
    [start + 1, start + 1],
    [start + 1, start],
    [start, start + 1],
  ] as const;
  return skips.some(([ofName, ofSetting]) => name.slice(ofName) === setting.slice(ofSetting));
}

function sorted(name: string): string {
  return name.split("").toSorted().join("");
}
