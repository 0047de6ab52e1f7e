// The mail transport of the embedded mode, where no mail server is configured. The mail's row keeps the message as it
// was rendered, and the admin app shows it, so there is nothing left to do here.

import type { MailTransport } from "./transport.ts";

/** Creates a transport that takes every message and sends none. */
export function createCatcher(): MailTransport {
  return {
    send: () => Promise.resolve({ kind: "sent", response: "kept by the built-in catcher" }),
    close: () => Promise.resolve(),
  };
}
