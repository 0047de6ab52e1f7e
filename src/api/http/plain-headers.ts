// The security headers of every reply. Pages set a content security policy of their own.

import type { ServerResponse } from "node:http";

/** The headers by their names. */
export const plainHeaders: Readonly<Record<string, string>> = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
  "Cache-Control": "no-store",
};

/** Adds those headers that a reply doesn't have yet. */
export function addPlainHeaders(response: ServerResponse): void {
  for (const [name, value] of Object.entries(plainHeaders)) {
    if (!response.hasHeader(name)) response.setHeader(name, value);
  }
}
