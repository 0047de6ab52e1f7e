// A page whose code is loaded on the first visit. If loading fails, the current page stays with everything that was
// typed, and a notice says why the other page could not be opened.

import { type ComponentType, useEffect } from "react";
import { replace, type RouteObject, useLocation } from "react-router";
import { noteFailedVisit } from "./failed-visit.ts";
import { loadPart, PartNotLoaded } from "./load-part.ts";

/** The address of the current page; null before the first page is shown. */
let shownAddress: string | null = null;

/** Creates the route of a page that `load` loads. */
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
    // The loader only loads code; pages read their own data.
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
        // The current page is still mounted, so it keeps everything that was typed.
        return replace(shownAddress);
      }
    },
  };
}
