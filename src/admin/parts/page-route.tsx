// A page whose code is fetched when it is first visited. If it can't be fetched, the page that is shown stays as it
// is, with all that was typed, and a notice says why the other one could not be opened.

import { type ComponentType, useEffect } from "react";
import { replace, type RouteObject, useLocation } from "react-router";
import { noteFailedVisit } from "./failed-visit.ts";
import { loadPart, PartNotLoaded } from "./load-part.ts";

/** The address of the page that is shown; null while none is, as at the very first. */
let shownAddress: string | null = null;

/** The route of the page that `load` fetches. */
export function pageRoute(path: string, load: () => Promise<ComponentType>): RouteObject {
  let Fetched: ComponentType | null = null;

  function FetchedPage() {
    const { pathname, search, hash } = useLocation();
    useEffect(() => {
      shownAddress = `${pathname}${search}${hash}`;
      return () => {
        shownAddress = null;
      };
    }, [pathname, search, hash]);
    return Fetched === null ? null : <Fetched />;
  }

  return {
    path,
    Component: FetchedPage,
    // There is nothing to read anew: pages read their data themselves.
    shouldRevalidate: () => Fetched === null,
    async loader({ request }) {
      try {
        Fetched ??= await loadPart(load);
        noteFailedVisit(null);
        return null;
      } catch (error) {
        if (shownAddress === null || !(error instanceof PartNotLoaded)) throw error;
        const { pathname, search } = new URL(request.url);
        noteFailedVisit({ address: `${pathname}${search}`, fault: error.fault });
        // The page that is shown stays, with all that was typed: nothing of it was taken down yet.
        return replace(shownAddress);
      }
    },
  };
}
