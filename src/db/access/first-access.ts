// The first key and the first administrator of a store. Each is stored only if there is none at all, not even a
// revoked or disabled one: somebody who revoked the last key does not want another at the next start.

import type { EntityManager, MikroORM } from "@mikro-orm/postgresql";
import { alertedGroup, permissions } from "../../domain/access/permissions.ts";
import type { Act } from "../../domain/activity/act.ts";
import { recordActs } from "../activity/record-acts.ts";
import { AdminGroup } from "../entities/admin-group.ts";
import { AdminUser } from "../entities/admin-user.ts";
import { ApiKey } from "../entities/api-key.ts";
import { sqlWithin } from "../sql/sql.ts";
import { factsOfUser, personOf, requireAdminUser, viewAdminUser } from "./admin-user-view.ts";
import { actOn, viewApiKey } from "./api-keys.ts";
import { changeAccess } from "./change-access.ts";
import { operator } from "./granter.ts";
import { insertPasswordLink, type StoredLink } from "./linked-person.ts";

/** The first key, the first administrator, or both. */
export type FirstAccess = {
  readonly key?: { readonly prefix: string; readonly secretHash: Buffer };
  /** This person also gets the low-stock mails. With the link they choose another password. */
  readonly administrator?: {
    readonly email: string;
    readonly passwordHash: string;
    readonly link?: StoredLink;
  };
};

/** A flag for each of the two. */
export type KeyOrAdministrator = { readonly key: boolean; readonly administrator: boolean };

/** Reads whether a store still lacks its first key or its first administrator. */
export function readMissingAccess(orm: MikroORM): Promise<KeyOrAdministrator> {
  return readMissing(orm.em.fork());
}

/**
 * Stores a first key with every scope and a first administrator, each if there is none yet. Calls `beforeCommit` just
 * before the commit if it stored one of them; if `beforeCommit` throws, nothing is stored.
 */
export function insertFirstAccess(
  orm: MikroORM,
  { key, administrator }: FirstAccess,
  beforeCommit: (stored: KeyOrAdministrator) => void = () => undefined,
): Promise<void> {
  return changeAccess(orm, operator, async (em) => {
    const missing = await readMissing(em);
    const stored = {
      key: missing.key && key !== undefined,
      administrator: missing.administrator && administrator !== undefined,
    };
    const acts: Act[] = [];
    if (missing.key && key !== undefined) {
      const first = em.create(ApiKey, {
        ...key,
        name: "first-key",
        scopes: [...permissions],
        createdBy: "bootstrap",
        revokedAt: null,
        expiresAt: null,
        lastUsedAt: null,
      });
      await em.flush();
      acts.push(actOn("key.created", viewApiKey(first)));
    }
    if (missing.administrator && administrator !== undefined) {
      const groups = await em.find(AdminGroup, { code: { $in: ["administrators", alertedGroup] } });
      const { link, ...person } = administrator;
      const user = em.create(AdminUser, { ...person, name: "Administrator", enabled: true });
      user.groups.add(groups);
      await em.flush();
      if (link !== undefined) await insertPasswordLink(sqlWithin(em), user.id, link);
      const view = viewAdminUser(await requireAdminUser(em, user.id));
      const made = { subject: personOf(view), before: null, after: factsOfUser(view) };
      acts.push({ kind: "person.created", ...made });
    }
    await recordActs(sqlWithin(em), acts);
    if (stored.key || stored.administrator) beforeCommit(stored);
  });
}

async function readMissing(em: EntityManager): Promise<KeyOrAdministrator> {
  const keys = await em.count(ApiKey);
  const users = await em.count(AdminUser);
  return { key: keys === 0, administrator: users === 0 };
}
