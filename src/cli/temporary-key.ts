// An API key for as long as one command runs. The keys that a store has can't be read back, so a command
// that runs on the store's own database makes one, and revokes it when it is done.

import type { MikroORM } from "@mikro-orm/postgresql";
import { createApiKey } from "../api/auth/api-key.ts";
import {
  type ApiKeyView,
  insertApiKey,
  type NewApiKeyRow,
  revokeApiKey,
} from "../db/access/api-keys.ts";
import { operator } from "../db/access/granter.ts";
import { createOrm } from "../db/orm.ts";
import { Refused } from "../db/refused.ts";
import { permissions } from "../domain/access/permissions.ts";

/** A key, and the way to take it back. */
export type TemporaryKey = { readonly key: string; revoke(): Promise<void> };

/** Makes a key with every permission on a service's database. Its name begins with the given one. */
export async function createTemporaryKey(databaseUrl: string, name: string): Promise<TemporaryKey> {
  const orm = await createOrm(databaseUrl);
  try {
    const { key, prefix, secretHash } = createApiKey();
    const row = { name, prefix, secretHash, scopes: permissions, createdBy: "command:tallyman" };
    const { id } = await insertUnderFreeName(orm, row);
    return {
      key,
      async revoke() {
        try {
          await revokeApiKey(orm, id, operator);
        } finally {
          await orm.close();
        }
      },
    };
  } catch (error) {
    await orm.close();
    throw error;
  }
}

/** Two commands may run at once, and one that was killed leaves its key behind: then the prefix tells them apart. */
async function insertUnderFreeName(orm: MikroORM, row: NewApiKeyRow): Promise<ApiKeyView> {
  try {
    return await insertApiKey(orm, row, operator);
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal.kind !== "key-name-taken") throw error;
    return insertApiKey(orm, { ...row, name: `${row.name} ${row.prefix}` }, operator);
  }
}
