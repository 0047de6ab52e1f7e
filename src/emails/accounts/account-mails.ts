// The data of the mails about a person's account, as they are stored with the mail's row: an invitation, a link to a new
// password, and the news that the password or the address was changed. No data holds a token: see password-token.ts.

import * as z from "zod";
import { adminUrlSchema, mailDataShape, type MailSample } from "../templating/mail-template.ts";
import { maskedLink } from "./password-token.ts";

const instantSchema = z.iso.datetime({ offset: true });

const linkSchema = z.object({ url: adminUrlSchema });

/** Parses the stored data of an invitation. `by` is the name of who invites; null if a key or a command does. */
export const invitationMailSchema = z.object({
  ...mailDataShape,
  invitation: z.object({ by: z.string().nullable(), endsAt: instantSchema }),
  link: linkSchema,
});

/** Parses the stored data of a mail with a link to a new password. */
export const passwordResetMailSchema = z.object({ ...mailDataShape, link: linkSchema });

/** Who changed a password: the person, by the form or by a link, an administrator, or a command. */
export const passwordChangedBy = ["own", "link", "administrator", "command"] as const;

/** Parses the stored data of the news that a password was changed. */
export const passwordChangedMailSchema = z.object({
  ...mailDataShape,
  change: z.object({ by: z.enum(passwordChangedBy), at: instantSchema }),
  forgotUrl: adminUrlSchema,
});

/** Parses the stored data of the news that a person's address was changed. Its recipient is the old address. */
export const addressChangedMailSchema = z.object({
  ...mailDataShape,
  change: z.object({ at: instantSchema }),
});

export type InvitationMail = z.infer<typeof invitationMailSchema>;
export type PasswordResetMail = z.infer<typeof passwordResetMailSchema>;
export type PasswordChangedMail = z.infer<typeof passwordChangedMailSchema>;
export type AddressChangedMail = z.infer<typeof addressChangedMailSchema>;

const publicUrl = "https://shop.example.com";

const base = {
  store: { name: "Corner Shop", adminUrl: `${publicUrl}/admin` },
  recipient: { name: "Ada", email: "ada@example.com" },
};

const link = { url: maskedLink(publicUrl) };

/** Believable data for each shape of an invitation. */
export const invitationSamples: readonly MailSample<InvitationMail>[] = [
  {
    title: "invitation by a person",
    data: { ...base, link, invitation: { by: "Grace", endsAt: "2026-03-21T09:26:00Z" } },
  },
  {
    title: "invitation by a program",
    data: { ...base, link, invitation: { by: null, endsAt: "2026-03-21T09:26:00Z" } },
  },
];

/** Believable data of a mail with a link to a new password. */
export const passwordResetSamples: readonly MailSample<PasswordResetMail>[] = [
  { title: "forgotten password", data: { ...base, link } },
];

/** Believable data for each shape of the news that a password was changed. */
export const passwordChangedSamples: readonly MailSample<PasswordChangedMail>[] =
  passwordChangedBy.map((by) => ({
    title: `password changed: ${by}`,
    data: {
      ...base,
      change: { by, at: "2026-03-14T09:26:00Z" },
      forgotUrl: `${publicUrl}/admin/login/forgot`,
    },
  }));

/** Believable data of the news that an address was changed. */
export const addressChangedSamples: readonly MailSample<AddressChangedMail>[] = [
  { title: "address changed", data: { ...base, change: { at: "2026-03-14T09:26:00Z" } } },
];
