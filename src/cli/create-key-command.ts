// `tallyman create-key`: creates an API key in the store's database, for an operator who lost the last one. It asks
// for no other key, because access to the database is access to everything.

import { keyNameSchema } from "../contract/access.ts";
import { createApiKey } from "../api/auth/api-key.ts";
import { insertApiKey } from "../db/access/api-keys.ts";
import { operator } from "../db/access/granter.ts";
import { type Permission, permissions } from "../domain/access/permissions.ts";
import { withConfiguredOrm } from "./configured-database.ts";
import { OperatorError } from "./operator-error.ts";
import { explainRefusals } from "./explain-refusals.ts";

/**
 * Creates a key. Prints the key on standard output, and its permissions on standard error. `listed` is the option
 * `--permissions`; undefined grants all. Throws an `OperatorError` if the name or a permission can't be used.
 */
export async function createKeyCommand(
  environment: Readonly<Record<string, string | undefined>>,
  name: string,
  listed: string | undefined,
): Promise<void> {
  const scopes = readPermissions(listed);
  const named = keyNameSchema.safeParse(name);
  if (!named.success) {
    throw new OperatorError(
      `<name>: ${named.error.issues[0]?.message ?? "not valid"}; got ${JSON.stringify(name)}.`,
    );
  }
  const { key, prefix, secretHash } = createApiKey();
  const row = { name, prefix, secretHash, scopes, createdBy: "command:tallyman" };
  await withConfiguredOrm(environment, async (orm, where) => {
    await explainRefusals(insertApiKey(orm, row, operator));
    process.stderr.write(
      `Created an API key named ${name} in ${where}. Its permissions: ${scopes.join(", ")}. It is shown only now:\n`,
    );
    process.stdout.write(`${key}\n`);
  });
}

function readPermissions(listed: string | undefined): readonly Permission[] {
  if (listed === undefined) return permissions;
  const wanted = new Set(listed.split(",").map((one) => one.trim()));
  const known = permissions.filter((permission) => wanted.delete(permission));
  if (wanted.size === 0) return known;
  throw new OperatorError(
    `--permissions: expected some of ${permissions.join(", ")}, separated by commas; got ${JSON.stringify([...wanted].join(", "))}.`,
  );
}
