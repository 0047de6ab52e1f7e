// `tallyman reset-password`: gives a person a new password on the store's own database, for whoever lost the first
// one. Their sessions end, as after a reset by an administrator.

import { hashPassword, makePassword } from "../api/auth/password.ts";
import { changeAdminUser } from "../db/access/change-admin-user.ts";
import { operator } from "../db/access/granter.ts";
import { readLogins } from "../db/access/read-logins.ts";
import { withConfiguredOrm } from "./configured-database.ts";
import { OperatorError } from "./operator-error.ts";
import { tellingRefusals } from "./telling-refusals.ts";

/** Sets a random password and prints it on standard output. A disabled person stays disabled. */
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
        `Expected the e-mail address of a person in ${where}; got ${JSON.stringify(email)}. ${whoIsThere(logins.map((login) => login.email))}`,
      );
    }
    const request = { id: found.id, granter: operator, holds: () => true };
    await tellingRefusals(
      changeAdminUser(orm, request, { passwordHash, removesSecondFactor: true }),
    );
    process.stderr.write(
      `Gave ${found.email} a new password in ${where}. Their sessions have ended, their second factor is off if they had one, and they choose a password of their own at the next login.${found.enabled ? "" : " They are disabled, and can log in once an administrator enables them."} It is shown only now:\n`,
    );
    process.stdout.write(`${password}\n`);
  });
}

const shownMax = 20;

function whoIsThere(emails: readonly string[]): string {
  if (emails.length === 0) {
    return "Nobody is there yet: set BOOTSTRAP_ADMIN_EMAIL and BOOTSTRAP_ADMIN_PASSWORD, and start the service.";
  }
  const more = emails.length > shownMax ? `, and ${emails.length - shownMax} more` : "";
  return `There are ${emails.slice(0, shownMax).join(", ")}${more}.`;
}
