// What happens to requests that are refused because the session has ended: they wait, a dialog asks for the password in
// place, and then they are sent again. Everything that was typed on the page stays.

import { useSyncExternalStore } from "react";

let wait: PromiseWithResolvers<boolean> | null = null;
/** Whether the person has closed the dialog. From then on, only what they do themselves opens it again. */
let isDeclined = false;
const listeners = new Set<() => void>();

/**
 * Resolves with true when the person is logged in again, with false if they do not want to now. All requests that are
 * refused meanwhile wait for the same dialog. `isWanted`: the person has pressed a button for this request.
 */
export function resumeSession(isWanted: boolean): Promise<boolean> {
  if (isDeclined && !isWanted) return Promise.resolve(false);
  if (wait === null) {
    isDeclined = false;
    wait = Promise.withResolvers();
    notify();
  }
  return wait.promise;
}

/** Ends the wait of all these requests. */
export function endWait(isResumed: boolean): void {
  isDeclined = !isResumed;
  wait?.resolve(isResumed);
  wait = null;
  notify();
}

/** Lets the next request ask for the password again. */
export function askAgain(): void {
  isDeclined = false;
}

/** Whether requests wait for the person to log in again. */
export function useIsSessionEnded(): boolean {
  return useSyncExternalStore(subscribe, () => wait !== null);
}

function notify(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
