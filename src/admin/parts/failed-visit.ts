// A page that could not be loaded. Its route notes it, and a notice above the current page shows it.

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

/** Notes a failure; null clears it. */
export function noteFailedVisit(failed: FailedVisit | null): void {
  current = failed;
  for (const listener of listeners) listener();
}

/** The last page that could not be opened; null after the next page opens. */
export function useFailedVisit(): FailedVisit | null {
  return useSyncExternalStore(subscribe, () => current);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
