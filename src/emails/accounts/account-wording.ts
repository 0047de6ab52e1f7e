// What the mails about a person's account say, for both their HTML and their plain text.

import { oneLine, shortLine } from "../../domain/one-line.ts";
import type { MailFrame, Speech } from "../templating/mail-template.ts";
import type {
  AddressChangedMail,
  InvitationMail,
  PasswordChangedMail,
  PasswordResetMail,
} from "./account-mails.ts";
import type { AccountWords } from "./account-words.ts";

/** Everything that such a mail's body says, from top to bottom. */
export type AccountWording = {
  readonly headline: string;
  readonly lead: string;
  readonly action: { readonly label: string; readonly href: string };
  /** What to know, or to do if something is wrong. */
  readonly after: string;
  /** Why the person gets the mail. */
  readonly footer: string;
};

/** A mail names a longer store or person by its beginning, in characters. */
const nameCharactersMax = 80;

/** What an invitation says. */
export function wordInvitation(
  { store, recipient, invitation, link }: InvitationMail,
  words: AccountWords,
  { formats }: Pick<Speech<never>, "formats">,
): AccountWording {
  const shop = shortLine(store.name, nameCharactersMax);
  const by = invitation.by === null ? null : shortLine(invitation.by, nameCharactersMax);
  const { headline, lead, action, after } = words.invitation;
  return {
    headline: headline(shop),
    lead: lead(by, shop, oneLine(recipient.email)),
    action: { label: action, href: link.url },
    after: after(formats.time(invitation.endsAt)),
    footer: words.footer(oneLine(store.name), oneLine(recipient.email)),
  };
}

/** What the mail with a link to a new password says. */
export function wordPasswordReset(
  { store, recipient, link }: PasswordResetMail,
  words: AccountWords,
): AccountWording {
  const { headline, lead, action, after } = words.reset;
  return {
    headline,
    lead: lead(shortLine(store.name, nameCharactersMax), oneLine(recipient.email)),
    action: { label: action, href: link.url },
    after,
    footer: words.footer(oneLine(store.name), oneLine(recipient.email)),
  };
}

/** What the news that a password was changed says. */
export function wordPasswordChanged(
  { store, recipient, change, forgotUrl }: PasswordChangedMail,
  words: AccountWords,
  { formats }: Pick<Speech<never>, "formats">,
): AccountWording {
  const { headline, lead, by, action, after } = words.changed;
  return {
    headline,
    lead: lead({
      store: shortLine(store.name, nameCharactersMax),
      email: oneLine(recipient.email),
      at: formats.time(change.at),
      how: by[change.by],
    }),
    action: { label: action, href: forgotUrl },
    after,
    footer: words.footer(oneLine(store.name), oneLine(recipient.email)),
  };
}

/** What the news that an address was changed says. */
export function wordAddressChanged(
  { store, recipient, change }: AddressChangedMail,
  words: AccountWords,
  { formats }: Pick<Speech<never>, "formats">,
): AccountWording {
  const { headline, lead, action, after } = words.moved;
  const email = oneLine(recipient.email);
  const at = formats.time(change.at);
  return {
    headline,
    lead: lead({ store: shortLine(store.name, nameCharactersMax), email, at }),
    action: { label: action, href: store.adminUrl },
    after,
    footer: words.footer(oneLine(store.name), email),
  };
}

/** What surrounds the body. */
export function frameAccountMail(
  { store }: Pick<InvitationMail, "store">,
  { lead, action, footer }: AccountWording,
): MailFrame {
  return { preheader: lead, footer, links: [store.adminUrl, action.href] };
}

/** The body as plain text. It says the same as the HTML does. */
export function writeAccountText({ headline, lead, action, after }: AccountWording): string {
  return [headline, lead, `${action.label}: ${action.href}`, after].join("\n\n");
}
