// The mail transport if no mail server is configured. The mail's row keeps the rendered message and the admin app shows
// it, so there is nothing to do here.

import type { MailTransport } from "./transport.ts";

/** Creates a transport that accepts every message and sends none. */
export function createCatcher(): MailTransport {
  return {
    send: () => Promise.resolve({ kind: "sent", response: "kept by the built-in catcher" }),
    close: () => Promise.resolve(),
  };
}
