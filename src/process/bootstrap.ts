// The first way in: a key and an administrator if a store has none. What the configuration names is stored before
// the first request. What it does not name is made up at random in the embedded mode, and shown once.

import type { MikroORM } from "@mikro-orm/postgresql";
import { ConfigError } from "../config.ts";
import { insertFirstAccess, readMissingAccess } from "../db/access/first-access.ts";
import { createApiKey, hashApiKey, prefixOfApiKey } from "../api/auth/api-key.ts";
import { hashPassword, makePassword } from "../api/auth/password.ts";
import { createPasswordLink } from "../api/auth/password-link.ts";
import { passwordFault } from "../api/auth/weak-password.ts";

/** Random credentials that were made just now, to be shown once. */
export type MadeAccess = {
  readonly apiKey?: string;
  readonly adminEmail?: string;
  readonly adminPassword?: string;
  /** A link with which the administrator chooses a password instead, once. */
  readonly adminLink?: string;
};

/** Shows credentials to whoever starts the service. They are lost if it throws, and so not stored. */
export type ShowMadeAccess = (made: MadeAccess) => void;

type BootstrapSettings = {
  readonly BOOTSTRAP_API_KEY?: string | undefined;
  readonly BOOTSTRAP_ADMIN_EMAIL?: string | undefined;
  readonly BOOTSTRAP_ADMIN_PASSWORD?: string | undefined;
};

/** A sentence for each way in that a store with a configured database lacks after `insertConfiguredAccess`. */
export async function missingAccess(orm: MikroORM): Promise<string[]> {
  const missing = await readMissingAccess(orm);
  return [
    ...(missing.administrator
      ? ["nobody can log in yet: create a person with `npx tallyman admin create <email>`"]
      : []),
    ...(missing.key
      ? ["there is no API key yet: create one with `npx tallyman key create <name>`"]
      : []),
  ];
}

/** Whom a random password is made for. Mail to it stays within the built-in catcher. */
const generatedEmail = "admin@localhost";

/**
 * Stores the configured key if no key exists, and the configured administrator if no person exists. Throws a
 * `ConfigError` if that administrator's password is easily guessed.
 */
export async function insertConfiguredAccess(
  orm: MikroORM,
  config: BootstrapSettings,
): Promise<void> {
  const {
    BOOTSTRAP_API_KEY: key,
    BOOTSTRAP_ADMIN_EMAIL: email,
    BOOTSTRAP_ADMIN_PASSWORD: password,
  } = config;
  const missing = await readMissingAccess(orm);
  const wantsKey = missing.key && key !== undefined;
  const wantsPerson = missing.administrator && email !== undefined && password !== undefined;
  if (!wantsKey && !wantsPerson) return;
  if (wantsPerson) refuseWeakSetting(email, password);
  await insertFirstAccess(orm, {
    ...(wantsKey ? { key: firstKey(key) } : {}),
    ...(wantsPerson
      ? { administrator: { email, passwordHash: await hashPassword(password) } }
      : {}),
  });
}

/**
 * Makes a random key if no key exists, and a random administrator if no person exists. They are shown before they
 * are stored for good: what a store has was shown, however its first start ended. Processes that start together take
 * turns, and only one of them makes and shows.
 */
export async function makeFirstAccess(
  orm: MikroORM,
  publicUrl: string,
  show: ShowMadeAccess,
): Promise<MadeAccess> {
  const missing = await readMissingAccess(orm);
  if (!missing.key && !missing.administrator) return {};
  const { key } = createApiKey();
  const password = makePassword();
  const { path, stored: link } = createPasswordLink(Date.now());
  const administrator = {
    email: generatedEmail,
    passwordHash: await hashPassword(password),
    link,
  };
  let made: MadeAccess = {};
  await insertFirstAccess(orm, { key: firstKey(key), administrator }, (stored) => {
    made = {
      ...(stored.key ? { apiKey: key } : {}),
      ...(stored.administrator
        ? {
            adminEmail: generatedEmail,
            adminPassword: password,
            adminLink: `${publicUrl}${path}`,
          }
        : {}),
    };
    show(made);
  });
  return made;
}

function refuseWeakSetting(email: string, password: string): void {
  const fault = passwordFault(password, email);
  if (fault === null) return;
  throw new ConfigError(
    `The first administrator can't be made with this password.\nBOOTSTRAP_ADMIN_PASSWORD: ${fault}`,
  );
}

function firstKey(key: string): { readonly prefix: string; readonly secretHash: Buffer } {
  const prefix = prefixOfApiKey(key);
  if (prefix !== null) return { prefix, secretHash: hashApiKey(key) };
  throw new Error(
    "BOOTSTRAP_API_KEY: expected tm_, 8 letters or digits, _, and 32 to 200 more characters.",
  );
}
