// `tallyman admin reset-password`: sets a new password for a person in the store's database, if nobody can log in to do it.
// Their sessions end, as after a reset by an administrator.

import { hashPassword, makePassword } from "../api/auth/password.ts";
import { readConfig } from "../config.ts";
import type { AccountNotice } from "../db/access/account-mails.ts";
import { changeAdminUser } from "../db/access/change-admin-user.ts";
import { operator } from "../db/access/granter.ts";
import { readLogins } from "../db/access/read-logins.ts";
import { composePasswordChanged } from "../emails/accounts/compose-account-mail.ts";
import { withConfiguredOrm } from "./configured-database.ts";
import { OperatorError } from "./operator-error.ts";
import { explainRefusals } from "./explain-refusals.ts";

/**
 * Sets a random password and prints it on standard output. A disabled person stays disabled. Throws an `OperatorError`
 * if nobody has that address; upper and lower case make no difference.
 */
export async function resetPasswordCommand(
  environment: Readonly<Record<string, string | undefined>>,
  email: string,
): Promise<void> {
  const password = makePassword();
  const passwordHash = await hashPassword(password);
  await withConfiguredOrm(environment, async (orm, where) => {
    const logins = await readLogins(orm);
    const found = logins.find((login) => login.email.toLowerCase() === email.trim().toLowerCase());
    if (found === undefined) {
      throw new OperatorError(
        `Expected the e-mail address of a person in ${where}; got ${JSON.stringify(email)}. ${knownPeople(logins.map((login) => login.email))}`,
      );
    }
    const request = { id: found.id, granter: operator, matchesVersion: () => true };
    const { SMTP_URL, PUBLIC_URL, PORT, MAIL_FROM } = readConfig(environment);
    const origin = { publicUrl: PUBLIC_URL ?? `http://127.0.0.1:${PORT}`, mailFrom: MAIL_FROM };
    // The sweeper of the running service announces what is written here.
    let isTold = false;
    const notice: AccountNotice = {
      compose: (to) => composePasswordChanged(origin, to, { by: "command", at: new Date() }),
      written: () => (isTold = true),
    };
    await explainRefusals(
      changeAdminUser(orm, request, {
        passwordHash,
        removesSecondFactor: true,
        notice: SMTP_URL === undefined ? undefined : notice,
      }),
    );
    process.stderr.write(
      `Set a new password for ${found.email} in ${where}. Their sessions have ended, and their second factor is off. They must choose their own password at the next login.${found.enabled ? "" : " They are disabled, and can log in after an administrator enables them."} ${isTold ? " A mail tells them of it." : ""} The new password is shown only now:\n`,
    );
    process.stdout.write(`${password}\n`);
  });
}

const shownMax = 20;

function knownPeople(emails: readonly string[]): string {
  if (emails.length === 0) {
    return "The store has no people yet: `npx tallyman admin create <email>` creates the first.";
  }
  const more = emails.length > shownMax ? `, and ${emails.length - shownMax} more` : "";
  return `The store has ${emails.slice(0, shownMax).join(", ")}${more}.`;
}
