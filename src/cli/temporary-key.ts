// An API key that exists while one command runs. A store's keys can't be read back, so a command that starts its own
// service creates one in the database, and revokes it at its end. The key expires soon, and the command extends it while
// it runs, so a command that was killed leaves no key that works for long.

import type { MikroORM } from "@mikro-orm/postgresql";
import { createApiKey } from "../api/auth/api-key.ts";
import {
  type ApiKeyView,
  insertApiKey,
  type NewApiKeyRow,
  revokeApiKey,
} from "../db/access/api-keys.ts";
import { extendApiKey } from "../db/access/extend-api-key.ts";
import { operator } from "../db/access/granter.ts";
import { createOrm } from "../db/orm.ts";
import { withinCommand } from "../db/request-scope.ts";
import { Refused } from "../db/refused.ts";
import type { Permission } from "../domain/access/permissions.ts";

/** How long a key outlives its command at most, and how often a running command extends it. */
const lifeMs = 60 * 60_000;
const extendEveryMs = 10 * 60_000;

/** When and how a key is extended. Tests have shorter times. */
export type TemporaryKeyTimes = { readonly lifeMs: number; readonly extendEveryMs: number };

/** A key, and the function that revokes it. */
export type TemporaryKey = { readonly key: string; revoke(): Promise<void> };

/** Creates a key with these permissions in a service's database. Its name is, or begins with, `name`. */
export async function createTemporaryKey(
  databaseUrl: string,
  { name, scopes }: { readonly name: string; readonly scopes: readonly Permission[] },
  times: TemporaryKeyTimes = { lifeMs, extendEveryMs },
): Promise<TemporaryKey> {
  const orm = await createOrm(databaseUrl);
  try {
    const { key, prefix, secretHash } = createApiKey();
    const row = {
      name,
      prefix,
      secretHash,
      scopes,
      createdBy: "command:tallyman",
      expiresAt: new Date(Date.now() + times.lifeMs),
    };
    const { id } = await withinCommand(() => insertUnderFreeName(orm, row));
    // The next time makes up for one that fails, and the requests of the command tell if none succeeds.
    const extend = () => void extendApiKey(orm, id, times.lifeMs).catch(() => undefined);
    const extending = setInterval(extend, times.extendEveryMs).unref();
    return {
      key,
      async revoke() {
        clearInterval(extending);
        try {
          await withinCommand(() => revokeApiKey(orm, id, operator));
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

/** Adds the key's prefix to the name if that is in use: by a second command, or by one that was killed. */
async function insertUnderFreeName(orm: MikroORM, row: NewApiKeyRow): Promise<ApiKeyView> {
  try {
    return await insertApiKey(orm, row, operator);
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal.kind !== "key-name-taken") throw error;
    return insertApiKey(orm, { ...row, name: `${row.name} ${row.prefix}` }, operator);
  }
}
