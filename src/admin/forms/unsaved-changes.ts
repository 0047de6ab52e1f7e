// Protects unsaved changes when the person follows a link or closes the tab.

import { useEffect } from "react";
import { useBlocker } from "react-router";

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
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [unsaved]);
  return useBlocker(
    ({ currentLocation, nextLocation }) =>
      unsaved && !mayLeave && currentLocation.pathname !== nextLocation.pathname,
  );
}
