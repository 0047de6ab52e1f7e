// Protects unsaved changes when the person follows a link or closes the tab.

import { useEffect } from "react";
import { useBlocker } from "react-router";

/**
 * Asks for confirmation before the page is left while `unsaved` is true. It does not ask if `mayLeave` is true,
 * because a successful save may lead to another page. What follows the `?` counts as a part of the page: a mail template's
 * language is there.
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
      unsaved && !mayLeave && addressOf(currentLocation) !== addressOf(nextLocation),
  );
}

const addressOf = ({
  pathname,
  search,
}: {
  readonly pathname: string;
  readonly search: string;
}): string => `${pathname}${search}`;
