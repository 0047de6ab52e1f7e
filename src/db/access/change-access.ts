// The one way in which groups, people and keys are changed: in turn, all or nothing, never without an
// administrator left, and heard by every process at once.

import type { EntityManager, MikroORM } from "@mikro-orm/postgresql";
import { permissionsBeyond } from "../../domain/grants.ts";
import { advisoryLocks } from "../advisory-locks.ts";
import { AccessRefusal } from "./access-refusal.ts";
import { notifyAccessChanged } from "./notify-access-changed.ts";

/**
 * Runs `work` in a transaction that no other change of access runs beside, so what it reads still holds
 * when it writes. Throws an `AccessRefusal` where the last enabled person with `admin:write` would be
 * lost; then, as after any error of `work`, nothing is stored.
 */
export function changeAccess<T>(
  orm: MikroORM,
  work: (em: EntityManager) => Promise<T>,
): Promise<T> {
  return orm.em.fork().transactional(async (em) => {
    await em.execute("select pg_advisory_xact_lock(?)", [advisoryLocks.accessChange]);
    const hadAdministrator = await hasAdministrator(em);
    const result = await work(em);
    await em.flush();
    if (hadAdministrator && !(await hasAdministrator(em))) {
      throw new AccessRefusal({ kind: "last-administrator" });
    }
    await notifyAccessChanged(em);
    return result;
  });
}

/** Throws an `AccessRefusal` where a granter would hand out, or take over, more than they have. */
export function refuseBeyond(granter: ReadonlySet<string>, granted: Iterable<string>): void {
  const beyond = permissionsBeyond(granter, granted);
  if (beyond.length > 0) throw new AccessRefusal({ kind: "beyond-granter", permissions: beyond });
}

async function hasAdministrator(em: EntityManager): Promise<boolean> {
  const rows: unknown[] = await em.execute(
    `select 1 from admin_user u
      join admin_group_member m on m.user_id = u.id
      join admin_group g on g.code = m.group_code
      where u.enabled and 'admin:write' = any (g.permissions) limit 1`,
  );
  return rows.length > 0;
}
