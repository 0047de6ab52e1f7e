// A page that somebody wanted to open and that could not be loaded: noted by its route, told above the page that
// is still shown.

import { useSyncExternalStore } from "react";
import type { PartFault } from "./load-part.ts";

/** The page that could not be opened. */
export type FailedVisit = {
  /** Its whole path and query. */
  readonly address: string;
  readonly fault: PartFault;
};

let current: FailedVisit | null = null;
const listeners = new Set<() => void>();

/** Notes a failure, or that there is none any more. */
export function noteFailedVisit(failed: FailedVisit | null): void {
  current = failed;
  for (const listener of listeners) listener();
}

/** The page that could not be opened last; null once one could, or it is forgotten. */
export function useFailedVisit(): FailedVisit | null {
  return useSyncExternalStore(subscribe, () => current);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
