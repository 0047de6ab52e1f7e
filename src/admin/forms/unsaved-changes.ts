// Guards what was typed and not saved: against following a link, against closing the tab, and against being
// sent to the login page.

import { useEffect } from "react";
import { useBlocker } from "react-router";

let unsavedForms = 0;

/** Whether a form on the page has changes that are not saved. */
export function hasUnsavedChanges(): boolean {
  return unsavedForms > 0;
}

/**
 * While `unsaved`, leaving the page has to be confirmed, unless `mayLeave`: what is being saved just now leads
 * to another page by itself.
 */
export function useUnsavedGuard(
  unsaved: boolean,
  mayLeave: boolean,
): ReturnType<typeof useBlocker> {
  useEffect(() => {
    if (!unsaved) return undefined;
    unsavedForms += 1;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => {
      unsavedForms -= 1;
      window.removeEventListener("beforeunload", ask);
    };
  }, [unsaved]);
  return useBlocker(
    ({ currentLocation, nextLocation }) =>
      unsaved && !mayLeave && currentLocation.pathname !== nextLocation.pathname,
  );
}
