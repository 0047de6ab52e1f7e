// Protects unsaved changes when the person follows a link, closes the tab, or is sent to the login page.

import { useEffect } from "react";
import { useBlocker } from "react-router";

let unsavedForms = 0;

/** Whether a form on the page has changes that are not saved. */
export function hasUnsavedChanges(): boolean {
  return unsavedForms > 0;
}

/**
 * Asks for confirmation before the page is left while `unsaved` is true. It does not ask if `mayLeave` is true,
 * because a successful save may lead to another page.
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
