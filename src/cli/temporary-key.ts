// An API key for as long as one command runs. The keys that a store has can't be read back, so a command
// that runs on the store's own database makes one, and revokes it when it is done.

import { createApiKey } from "../api/auth/api-key.ts";
import type { Config } from "../config.ts";
import { insertApiKey, revokeApiKey } from "../db/access/api-keys.ts";
import { startEmbeddedPostgres } from "../db/embedded/start-embedded-postgres.ts";
import { createOrm } from "../db/orm.ts";
import { permissions } from "../domain/permissions.ts";
import type { Running } from "../start.ts";

/** A key, and the way to take it back. */
export type TemporaryKey = { readonly key: string; revoke(): Promise<void> };

/** Makes a key with every permission on the database of a service that runs in this process. */
export async function createTemporaryKey(
  config: Config,
  running: Running,
  name: string,
): Promise<TemporaryKey> {
  const orm = await createOrm(await databaseUrlOf(config, running));
  try {
    const { key, prefix, secretHash } = createApiKey();
    const row = { name, prefix, secretHash, scopes: permissions, createdBy: "command:tallyman" };
    const { id } = await insertApiKey(orm, row, new Set(permissions));
    return {
      key,
      async revoke() {
        try {
          await revokeApiKey(orm, id);
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

/** The embedded server is running and owned by the service; this only asks where it is. */
async function databaseUrlOf(config: Config, running: Running): Promise<string> {
  if (config.DATABASE_URL !== undefined) return config.DATABASE_URL;
  if (running.dataDir === null) throw new Error("Expected a database to make a key in; got none.");
  return (await startEmbeddedPostgres({ dataDir: running.dataDir })).url;
}
