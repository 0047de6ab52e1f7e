// The signature of the link by which a person switches off mails about alerts without a login. Only somebody who has got
// such a mail, or knows the store's key, has it.

import { createHmac, timingSafeEqual } from "node:crypto";

/** Where the link leads, below the service's address. */
export const unsubscribePath = "/unsubscribe";

/** The address of the page that switches off a person's mails. `key` is the store's. */
export function unsubscribeUrl(publicUrl: string, userId: string, key: string): string {
  return `${publicUrl}${unsubscribePath}/${userId}/${signatureOf(userId, key)}`;
}

/** Whether a link's signature is that of this person. It takes the same time for each wrong one. */
export function isSigned(userId: string, signature: string, key: string): boolean {
  const expected = Buffer.from(signatureOf(userId, key));
  const came = Buffer.from(signature);
  return came.length === expected.length && timingSafeEqual(came, expected);
}

function signatureOf(userId: string, key: string): string {
  return createHmac("sha256", key).update(`alert mails off: ${userId}`).digest("base64url");
}
