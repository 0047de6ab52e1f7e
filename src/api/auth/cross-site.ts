// Refuses writes from pages of other sites (CSRF). Browsers send the session cookie with every request, so a write that
// is authenticated by it must come from this service's own pages.

import type { Request } from "express";
import { Problem } from "../http/problem.ts";

const safeMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Throws a 403 problem if an unsafe request comes from a page of another site. Browsers send `Sec-Fetch-Site`, older
 * ones only `Origin`; a page can set neither. A request without both comes from another program, which set the
 * cookie on purpose.
 */
export function refuseCrossSiteWrite(request: Request, publicUrl: string): void {
  if (safeMethods.has(request.method)) return;
  const origin = request.get("origin");
  if (isOwn(request.get("sec-fetch-site"), origin, request, publicUrl)) return;
  throw new Problem(
    "cross-site-request",
    `Expected a write to come from a page of this service itself; got one from ${origin === undefined ? "another site" : JSON.stringify(origin.slice(0, 100))}. Programs use an API key instead of a session; if this is your own address, set PUBLIC_URL to it.`,
  );
}

function isOwn(
  fetchSite: string | undefined,
  origin: string | undefined,
  request: Request,
  publicUrl: string,
): boolean {
  if (fetchSite !== undefined && fetchSite !== "same-origin" && fetchSite !== "none") return false;
  if (origin === undefined) return true;
  if (fetchSite === "same-origin") return true;
  if (!URL.canParse(origin)) return false;
  const { host, origin: cleanOrigin } = new URL(origin);
  return cleanOrigin === new URL(publicUrl).origin || host === request.host;
}
