// `tallyman key create`: creates an API key in the store's database, for an operator who lost the last one. It asks
// for no other key, because access to the database is access to everything.

import { keyNameSchema } from "../contract/access.ts";
import { createApiKey } from "../api/auth/api-key.ts";
import { insertApiKey } from "../db/access/api-keys.ts";
import { operator } from "../db/access/granter.ts";
import { type Permission, permissions } from "../domain/access/permissions.ts";
import { withConfiguredOrm } from "./configured-database.ts";
import { UsageError } from "./operator-error.ts";
import { explainRefusals } from "./explain-refusals.ts";

/** The command's options, as they were typed. */
export type CreateKeyOptions = {
  /** The permissions, separated by commas. Without it the key gets all. */
  readonly permissions?: string | undefined;
  /** In how many days the key stops working. Without it the key has no end. */
  readonly days?: string | undefined;
};

/** More days are a typing error: they are a hundred years. */
const daysMax = 36_525;

/**
 * Creates a key. Prints the key on standard output, and its permissions and its end on standard error. Throws an
 * `UsageError` if the name or an option can't be used.
 */
export async function createKeyCommand(
  environment: Readonly<Record<string, string | undefined>>,
  name: string,
  options: CreateKeyOptions,
): Promise<void> {
  const scopes = readPermissions(options.permissions);
  const expiresAt = readEnd(options.days, Date.now());
  const named = keyNameSchema.safeParse(name);
  if (!named.success) {
    throw new UsageError(
      `<name>: ${named.error.issues[0]?.message ?? "not valid"}; got ${JSON.stringify(name)}.`,
    );
  }
  const { key, prefix, secretHash } = createApiKey();
  const row = { name, prefix, secretHash, scopes, createdBy: "command:tallyman", expiresAt };
  await withConfiguredOrm(environment, async (orm, where) => {
    await explainRefusals(insertApiKey(orm, row, operator));
    process.stderr.write(
      `Created an API key named ${name} in ${where}. Its permissions: ${scopes.join(", ")}. ${endInWords(expiresAt)} It is shown only now:\n`,
    );
    process.stdout.write(`${key}\n`);
  });
}

function readPermissions(listed: string | undefined): readonly Permission[] {
  if (listed === undefined) return permissions;
  const wanted = new Set(listed.split(",").map((one) => one.trim()));
  const known = permissions.filter((permission) => wanted.delete(permission));
  if (wanted.size === 0) return known;
  throw new UsageError(
    `--permissions: expected some of ${permissions.join(", ")}, separated by commas; got ${JSON.stringify([...wanted].join(", "))}.`,
  );
}

function readEnd(days: string | undefined, now: number): Date | null {
  if (days === undefined) return null;
  const count = /^\d{1,5}$/.test(days) ? Number(days) : 0;
  if (count >= 1 && count <= daysMax) return new Date(now + count * 86_400_000);
  throw new UsageError(
    `--days: expected a whole number from 1 to ${daysMax}; got ${JSON.stringify(days)}.`,
  );
}

function endInWords(expiresAt: Date | null): string {
  return expiresAt === null ? "It has no end." : `It works until ${expiresAt.toISOString()}.`;
}
