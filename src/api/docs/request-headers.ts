// The request headers of the OpenAPI document.

import * as z from "zod";
import type { HeaderName } from "../http/endpoint.ts";

const documented = {
  prefer: [
    "Prefer",
    z.string().optional().meta({
      description:
        "`wait=5` waits up to that many seconds, 30 at most, for the decision (RFC 7240). Other preferences are ignored.",
      example: "wait=5",
    }),
  ],
  "idempotency-key": [
    "Idempotency-Key",
    z.string().min(1).max(200).optional().meta({
      description:
        "A new text for each new request, such as a UUID. A request that is sent again with its key has no second effect.",
      example: "0b8f6a3e-6b3c-4f0e-9a51-2f4f1d5c7e90",
    }),
  ],
  "if-match": [
    "If-Match",
    z.string().optional().meta({
      description: "The ETag of the version that the change is based on. Another version: 412.",
      example: '"3"',
    }),
  ],
  "if-none-match": [
    "If-None-Match",
    z.string().optional().meta({ description: "`*`: only if there is none yet.", example: "*" }),
  ],
} as const satisfies Record<HeaderName, readonly [string, z.ZodType]>;

const requestId = z.string().min(1).max(128).optional().meta({
  description:
    "The client's id of the request, of 1 to 128 visible ASCII characters. It is in the answer, in problems, in the service's log, and in the events and movements that the request causes. Without one, or with another text, the service makes one; orders keep only the client's own.",
  example: "checkout-7f3a",
});

/** The header parameters of an operation that reads these, and that of every operation. */
export function parametersOf(names: readonly HeaderName[]): z.ZodObject {
  return z.object({
    ...Object.fromEntries(names.map((name) => documented[name])),
    "X-Request-Id": requestId,
  });
}
