// The security headers of every reply. Pages set a content security policy of their own.

import type { ServerResponse } from "node:http";

/** The headers by their names. */
export const plainHeaders: Readonly<Record<string, string>> = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
  "Cache-Control": "no-store",
};

/**
 * Tells browsers to use TLS only for this host and those below it, for a year. It is sent if PUBLIC_URL says that people
 * reach the service over TLS.
 */
export const tlsOnly = [
  "Strict-Transport-Security",
  "max-age=31536000; includeSubDomains",
] as const;

/** Adds those headers that a reply doesn't have yet. */
export function addPlainHeaders(response: ServerResponse): void {
  for (const [name, value] of Object.entries(plainHeaders)) {
    if (!response.hasHeader(name)) response.setHeader(name, value);
  }
}
