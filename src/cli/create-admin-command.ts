// `tallyman admin create`: creates a person in the store's database, such as the first administrator. The person
// chooses a password by a link, so nobody else ever knows one.

import { hashPassword, makePassword } from "../api/auth/password.ts";
import { createPasswordLink, passwordLinkHours } from "../api/auth/password-link.ts";
import { type Config, readConfig } from "../config.ts";
import { emailAddressSchema } from "../contract/email-address.ts";
import { lineOfText } from "../contract/text.ts";
import { createInvited } from "../db/access/invitations.ts";
import { operator } from "../db/access/granter.ts";
import { withConfiguredOrm } from "./configured-database.ts";
import { explainRefusals } from "./explain-refusals.ts";
import { UsageError } from "./operator-error.ts";

/** The command's options, as they were typed. */
export type CreateAdminOptions = {
  readonly name?: string | undefined;
  /** Codes of groups, separated by commas. */
  readonly groups: string;
};

const nameSchema = lineOfText(100);

/**
 * Creates a person. Prints their link on standard output, and the rest on standard error. Throws a `UsageError` if the
 * address or the name can't be used, and an `OperatorError` if somebody has the address or a group does not exist.
 */
export async function createAdminCommand(
  environment: Readonly<Record<string, string | undefined>>,
  email: string,
  { name = email, groups: listed }: CreateAdminOptions,
): Promise<void> {
  if (!emailAddressSchema.safeParse(email).success) {
    throw new UsageError(
      `<email>: expected an address such as ann@example.com; got ${JSON.stringify(email)}.`,
    );
  }
  const named = nameSchema.safeParse(name);
  if (!named.success) {
    throw new UsageError(
      `--name: ${named.error.issues[0]?.message ?? "not valid"}; got ${JSON.stringify(name)}.`,
    );
  }
  const groups = listed.split(",").flatMap((code) => code.trim() || []);
  const passwordHash = await hashPassword(makePassword());
  await withConfiguredOrm(environment, async (orm, where) => {
    const person = { email, name: named.data, passwordHash, enabled: true, groups };
    const link = createPasswordLink(Date.now());
    const inviting = { by: "hand", ...link.stored } as const;
    await explainRefusals(createInvited(orm, person, operator, inviting));
    process.stderr.write(
      `Created ${email} in ${where}. Groups: ${groups.join(", ") || "none"}. With this link they choose their password, once, within ${passwordLinkHours / 24} days, while the service runs at that address. Nothing was mailed; an administrator can invite them again by mail:\n`,
    );
    process.stdout.write(`${addressOf(readConfig(environment))}${link.path}\n`);
  });
}

/** Where people reach the service: PUBLIC_URL, or this machine. */
function addressOf({ PUBLIC_URL, PORT }: Config): string {
  return PUBLIC_URL ?? `http://127.0.0.1:${PORT}`;
}
