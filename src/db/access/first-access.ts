// The first key and the first administrator of a store. Each is made only where there is none at all, not
// even a revoked or disabled one: whoever took the last one away meant it.

import type { MikroORM } from "@mikro-orm/postgresql";
import { alertedGroup, permissions } from "../../domain/permissions.ts";
import { AdminGroup } from "../entities/admin-group.ts";
import { AdminUser } from "../entities/admin-user.ts";
import { ApiKey } from "../entities/api-key.ts";
import { changeAccess } from "./change-access.ts";
import { operator } from "./granter.ts";

/** A key to begin with. */
export type FirstKey = { readonly prefix: string; readonly secretHash: Buffer };

/** An administrator to begin with. */
export type FirstAdministrator = { readonly email: string; readonly passwordHash: string };

/** Whether a store still lacks its first key or its first administrator. */
export async function readMissingAccess(
  orm: MikroORM,
): Promise<{ readonly key: boolean; readonly administrator: boolean }> {
  const em = orm.em.fork();
  const keys = await em.count(ApiKey);
  const users = await em.count(AdminUser);
  return { key: keys === 0, administrator: users === 0 };
}

/** Stores a first key with every scope. Resolves with false where there is a key by now. */
export function insertFirstKey(orm: MikroORM, key: FirstKey): Promise<boolean> {
  return changeAccess(orm, operator, async (em) => {
    if ((await em.count(ApiKey)) > 0) return false;
    em.create(ApiKey, {
      ...key,
      name: "first-key",
      scopes: [...permissions],
      createdBy: "bootstrap",
      revokedAt: null,
    });
    return true;
  });
}

/**
 * Stores a first administrator, who is also told when something runs low. Resolves with false where there
 * is a person by now.
 */
export function insertFirstAdministrator(
  orm: MikroORM,
  administrator: FirstAdministrator,
): Promise<boolean> {
  return changeAccess(orm, operator, async (em) => {
    if ((await em.count(AdminUser)) > 0) return false;
    const groups = await em.find(AdminGroup, { code: { $in: ["administrators", alertedGroup] } });
    const user = em.create(AdminUser, { ...administrator, name: "Administrator", enabled: true });
    user.groups.add(groups);
    return true;
  });
}
