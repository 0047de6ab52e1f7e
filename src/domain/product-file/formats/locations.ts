// Files that count the units of an item at several locations. Which count is meant is a person's choice: one location, or
// the sum of all.

import { quoted } from "../../quoted.ts";
import type { FileFault } from "../fault-list.ts";
import { allLocations } from "./format.ts";

/** The locations to count: their names, or the fault of a choice that is missing or names none. */
export type ChosenLocations =
  | { readonly ok: true; readonly isCounted: (location: string) => boolean }
  | { readonly ok: false; readonly fault: FileFault };

/** Chooses locations. A file with one location needs no choice. */
export function chooseLocations(
  locations: readonly string[],
  choice: string | undefined,
  place: Pick<FileFault, "line" | "column">,
): ChosenLocations {
  if (choice === allLocations) return { ok: true, isCounted: () => true };
  const names = locations.slice(0, 20).map(quoted).join(", ");
  if (choice === undefined) {
    if (locations.length < 2) return { ok: true, isCounted: () => true };
    const detail = `The file has units at ${locations.length} locations: ${names}. Choose the location to import, or ${allLocations} for the sum of all.`;
    return { ok: false, fault: { ...place, detail } };
  }
  if (locations.includes(choice)) return { ok: true, isCounted: (name) => name === choice };
  const detail = `Expected a location of the file: ${names}; got ${quoted(choice)}.`;
  return { ok: false, fault: { ...place, detail } };
}
