// How well something matches a search: its whole name first, then what begins with it, then what only contains it.

import { foldedText } from "./folded-text.ts";

/** How a name matches, the best first. */
export const matches = ["exact", "prefix", "part"] as const;

/** How a name matches. */
export type Match = (typeof matches)[number];

/** How the names of something match a search; the best of them counts. */
export function matchOf(query: string, names: readonly string[]): Match {
  const wanted = foldedText(query);
  const folded = names.map(foldedText);
  if (folded.includes(wanted)) return "exact";
  return wanted !== "" && folded.some((name) => name.startsWith(wanted)) ? "prefix" : "part";
}

/** Sorts what was found, the best first. What matches alike stays in its order. */
export function byMatch<Found extends { readonly match: Match }>(
  found: readonly Found[],
): readonly Found[] {
  return found.toSorted((one, other) => matches.indexOf(one.match) - matches.indexOf(other.match));
}
