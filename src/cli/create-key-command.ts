// `tallyman create-key`: makes an API key on the store's own database, for whoever lost the last one. It needs no
// other key: whoever has the database has everything.

import { keyNameSchema } from "../contract/access.ts";
import { createApiKey } from "../api/auth/api-key.ts";
import { insertApiKey } from "../db/access/api-keys.ts";
import { operator } from "../db/access/granter.ts";
import { type Permission, permissions } from "../domain/access/permissions.ts";
import { withConfiguredOrm } from "./configured-database.ts";
import { OperatorError } from "./operator-error.ts";
import { tellingRefusals } from "./telling-refusals.ts";

/** Makes a key and prints it on standard output; what it may do is told on standard error. */
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
    await tellingRefusals(insertApiKey(orm, row, operator));
    process.stderr.write(
      `Made an API key named ${name} in ${where}. It may do ${scopes.join(", ")}. It is shown only now:\n`,
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
