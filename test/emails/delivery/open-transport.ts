// The transport and the message that the transport's tests send.

import {
  createMailTransport,
  type MailTransportOptions,
  type OutgoingMail,
} from "../../../src/emails/delivery/transport.ts";

/** A message that any server would take. */
export const mail: OutgoingMail = {
  to: { name: "Ada Øre", email: "ada@example.com" },
  from: { name: "Corner Shop", email: "stock@example.com" },
  subject: "Product Stock Low - Crème brûlée ☕",
  html: "<p>4 units left</p>",
  text: "4 units left",
  messageId: "<mail-1@tallyman.example.com>",
};

/** A transport that is closed at the end of the test. */
export function openTransport(url: string, options: Partial<MailTransportOptions> = {}) {
  const transport = createMailTransport({ url, ...options });
  return { ...transport, [Symbol.asyncDispose]: () => transport.close() };
}
