// The first way in: a key and an administrator where a store has none. What the configuration names is
// used; where it names nothing, the embedded mode makes something random and shows it once.

import { randomBytes } from "node:crypto";
import type { MikroORM } from "@mikro-orm/postgresql";
import type { Config } from "../../config.ts";
import {
  insertFirstAdministrator,
  insertFirstKey,
  readMissingAccess,
} from "../../db/access/first-access.ts";
import { createApiKey, hashApiKey, prefixOfApiKey } from "./api-key.ts";
import { hashPassword } from "./password.ts";

/** Random credentials that were made just now, to be shown once. Configured ones are not repeated. */
export type MadeAccess = {
  readonly apiKey?: string;
  readonly adminEmail?: string;
  readonly adminPassword?: string;
};

type BootstrapConfig = Pick<
  Config,
  "BOOTSTRAP_API_KEY" | "BOOTSTRAP_ADMIN_EMAIL" | "BOOTSTRAP_ADMIN_PASSWORD"
>;

/** Whom a random password is made for. Mail to it stays within the built-in catcher. */
const generatedEmail = "admin@localhost";

/**
 * Creates the first key where no key exists and the first administrator where no person exists, from the
 * configuration or, with `generate`, at random. Processes that start together take turns: one of them
 * creates, and only it is told what was made.
 */
export async function bootstrapAccess(
  orm: MikroORM,
  config: BootstrapConfig,
  { generate }: { readonly generate: boolean },
): Promise<MadeAccess> {
  const missing = await readMissingAccess(orm);
  return {
    ...(missing.key ? await makeKey(orm, config, generate) : {}),
    ...(missing.administrator ? await makeAdministrator(orm, config, generate) : {}),
  };
}

async function makeKey(
  orm: MikroORM,
  { BOOTSTRAP_API_KEY: configured }: BootstrapConfig,
  generate: boolean,
): Promise<MadeAccess> {
  if (configured === undefined && !generate) return {};
  const key = configured ?? createApiKey().key;
  const prefix = prefixOfApiKey(key);
  if (prefix === null) {
    throw new Error(
      "BOOTSTRAP_API_KEY: expected tm_, 8 letters or digits, _, and 32 to 200 more characters.",
    );
  }
  const isMade = await insertFirstKey(orm, { prefix, secretHash: hashApiKey(key) });
  return isMade && configured === undefined ? { apiKey: key } : {};
}

async function makeAdministrator(
  orm: MikroORM,
  { BOOTSTRAP_ADMIN_EMAIL, BOOTSTRAP_ADMIN_PASSWORD: configured }: BootstrapConfig,
  generate: boolean,
): Promise<MadeAccess> {
  if (configured === undefined && !generate) return {};
  const email = BOOTSTRAP_ADMIN_EMAIL ?? generatedEmail;
  const password = configured ?? randomBytes(12).toString("base64url");
  const passwordHash = await hashPassword(password);
  const isMade = await insertFirstAdministrator(orm, { email, passwordHash });
  return isMade && configured === undefined ? { adminEmail: email, adminPassword: password } : {};
}
