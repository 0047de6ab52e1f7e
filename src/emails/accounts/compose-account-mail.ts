// Makes the data of the mails about a person's account from what the database has of them.

import type {
  AddressChangedMail,
  InvitationMail,
  PasswordChangedMail,
  PasswordResetMail,
} from "./account-mails.ts";
import {
  addressChangedTemplate,
  invitationTemplate,
  passwordChangedTemplate,
  passwordResetTemplate,
} from "./account-templates.ts";
import { maskedLink } from "./password-token.ts";

/** Where people say that they have forgotten their password. */
export const forgotPath = "/admin/login/forgot";

/** What the links of mails and their Message-IDs are made of. `publicUrl` has no slash at its end. */
export type MailOrigin = { readonly publicUrl: string; readonly mailFrom: string };

/** To whom a mail goes, and from which store. */
export type AccountAddressee = {
  readonly name: string;
  readonly email: string;
  readonly storeName: string;
};

/** The content of a mail row. */
export type AccountMailContent = {
  readonly templateCode: string;
  readonly data: unknown;
  /** The part of its Message-ID after the @. */
  readonly messageIdHost: string;
};

/** Creates an invitation. `by` is the name of who invites; null if that is no person. */
export function composeInvitation(
  origin: MailOrigin,
  to: AccountAddressee,
  { by, endsAt }: { readonly by: string | null; readonly endsAt: Date },
): AccountMailContent {
  const data: InvitationMail = {
    ...addressed(origin, to),
    invitation: { by, endsAt: endsAt.toISOString() },
    link: { url: maskedLink(origin.publicUrl) },
  };
  return content(origin, invitationTemplate.code, data);
}

/** Creates the mail with a link to a new password. */
export function composePasswordReset(origin: MailOrigin, to: AccountAddressee): AccountMailContent {
  const data: PasswordResetMail = {
    ...addressed(origin, to),
    link: { url: maskedLink(origin.publicUrl) },
  };
  return content(origin, passwordResetTemplate.code, data);
}

/** Creates the news that a password was changed. */
export function composePasswordChanged(
  origin: MailOrigin,
  to: AccountAddressee,
  change: { readonly by: PasswordChangedMail["change"]["by"]; readonly at: Date },
): AccountMailContent {
  const data: PasswordChangedMail = {
    ...addressed(origin, to),
    change: { by: change.by, at: change.at.toISOString() },
    forgotUrl: `${origin.publicUrl}${forgotPath}`,
  };
  return content(origin, passwordChangedTemplate.code, data);
}

/** Creates the news that the address of a person was changed, to the old one. */
export function composeAddressChanged(
  origin: MailOrigin,
  to: AccountAddressee,
  at: Date,
): AccountMailContent {
  const data: AddressChangedMail = {
    ...addressed(origin, to),
    change: { at: at.toISOString() },
  };
  return content(origin, addressChangedTemplate.code, data);
}

function addressed({ publicUrl }: MailOrigin, { name, email, storeName }: AccountAddressee) {
  return {
    store: { name: storeName, adminUrl: `${publicUrl}/admin` },
    recipient: { name, email },
  };
}

function content(
  { mailFrom }: MailOrigin,
  templateCode: string,
  data: unknown,
): AccountMailContent {
  return { templateCode, data, messageIdHost: mailFrom.slice(mailFrom.indexOf("@") + 1) };
}
