// The mails about people's accounts, as the API writes and announces them. Without a mail server nobody would get one, so
// none is written.

import type { AccountMail, Addressee, AccountNotice } from "../../db/access/account-mails.ts";
import {
  composeAddressChanged,
  composeInvitation,
  composePasswordChanged,
  composePasswordReset,
  type MailOrigin,
} from "../../emails/accounts/compose-account-mail.ts";
import { announceOrLeaveToSweeper } from "../../queues/announce-or-leave-to-sweeper.ts";
import { mailJob } from "../../queues/jobs/send-mail.ts";
import type { ApiContext } from "../context.ts";

/** What writing and announcing these mails takes. */
export type AccountMailContext = Pick<ApiContext, "config" | "publicUrl" | "backend" | "log">;

type Compose = (to: Addressee) => AccountMail;
type Written = Parameters<AccountNotice["written"]>[0];

/** Whether mails leave this service. */
export const mailsLeave = ({ config }: Pick<ApiContext, "config">): boolean =>
  config.SMTP_URL !== undefined;

const originOf = ({ config, publicUrl }: AccountMailContext): MailOrigin => ({
  publicUrl: publicUrl(),
  mailFrom: config.MAIL_FROM,
});

/** Makes an invitation in the name of `by`; null if no person invites. */
export const invitationOf =
  (context: AccountMailContext, by: string | null, endsAt: Date): Compose =>
  (to) =>
    composeInvitation(originOf(context), to, { by, endsAt });

/** Makes a mail with a link to a new password. */
export const passwordResetOf =
  (context: AccountMailContext): Compose =>
  (to) =>
    composePasswordReset(originOf(context), to);

/** The notices of a change of a person. */
type Notices = {
  /** Of a new password. */
  readonly password: AccountNotice;
  /** Of a new address, to the old one. */
  readonly address: AccountNotice;
};

/**
 * Runs a change of a person. The notices that it gets tell the person, and are undefined if no mail leaves. What was written
 * is announced when the change is done.
 */
export async function tellingOf<T>(
  context: AccountMailContext,
  by: "own" | "link" | "administrator",
  change: (notices: Notices | undefined) => Promise<T>,
): Promise<T> {
  if (!mailsLeave(context)) return change(undefined);
  const written: Written[] = [];
  const keep = (mail: Written) => written.push(mail);
  const origin = originOf(context);
  const done = await change({
    password: {
      compose: (to) => composePasswordChanged(origin, to, { by, at: new Date() }),
      written: keep,
    },
    address: { compose: (to) => composeAddressChanged(origin, to, new Date()), written: keep },
  });
  for (const mail of written) await announceAccountMail(context, mail, "a changed account");
  return done;
}

/** The same for a change of a password only. */
export const tellingOfPassword = <T>(
  context: AccountMailContext,
  by: "own" | "link",
  change: (notice: AccountNotice | undefined) => Promise<T>,
): Promise<T> => tellingOf(context, by, (notices) => change(notices?.password));

/** Announces a mail that was written. Never rejects: the sweeper announces it otherwise. */
export function announceAccountMail(
  { backend, log }: AccountMailContext,
  mail: Written,
  about: string,
): Promise<void> {
  const job = mailJob({ ...mail, about });
  return announceOrLeaveToSweeper(backend.queues["send-mail"], [job], log);
}
