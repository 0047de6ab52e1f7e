// Tells the requests that a page of another site made. Browsers send the session cookie by themselves, so
// a write that relies on it must come from this site's own pages.

import type { Request } from "express";
import { Problem } from "../http/problem.ts";

const safeMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Throws a 403 problem where an unsafe request comes from a page of another site. Browsers state this in
 * `Sec-Fetch-Site`, older ones only in `Origin`; neither can be set by a page. A request without both
 * comes from no browser, and so carries no cookie that its sender did not put there.
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
