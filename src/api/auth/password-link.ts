// A link with which a person without a known password chooses one, once, as it is shown to whoever made it.

import { createPasswordToken, pathOfToken } from "../../emails/accounts/password-token.ts";
import type { StoredLink } from "../../db/access/linked-person.ts";

/** How long a link works that a command or the first start made, in hours: over a weekend. */
export const passwordLinkHours = 72;

/** A new link: its path with the token, to be shown once, and what is stored of it. */
export type PasswordLink = { readonly path: string; readonly stored: StoredLink };

/** Makes a link that ends `passwordLinkHours` after `now`, in milliseconds. Whoever has it can log in as its person. */
export function createPasswordLink(now: number): PasswordLink {
  const { token, tokenHash } = createPasswordToken();
  return {
    path: pathOfToken(token),
    stored: { tokenHash, endsAt: new Date(now + passwordLinkHours * 3_600_000) },
  };
}
