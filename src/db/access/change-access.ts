// The one way in which groups, people and keys are changed: in turn, all or nothing, by somebody who may do so at
// that very moment, never so that a permission is lost, and heard by every process at once.

import type { EntityManager, MikroORM } from "@mikro-orm/postgresql";
import {
  grantablePermissions,
  grantingPermission,
  permissionsBeyond,
  permissionsLost,
} from "../../domain/access/grants.ts";
import { advisoryLocks } from "../advisory-locks.ts";
import { Refused } from "../refused.ts";
import { type Granter, readGranterPermissions } from "./granter.ts";
import { notifyAccessChanged } from "./notify-access-changed.ts";
import { sqlWithin } from "../sql/sql.ts";

/**
 * Runs `work` in a transaction that no other change of access runs beside, so what it reads still holds
 * when it writes. `work` is given what the granter may do. Throws `Refused` if the granter may not make
 * changes any more, or if nobody would be left who can give a permission that somebody could give before; then, as
 * after any error of `work`, nothing is stored.
 */
export function changeAccess<T>(
  orm: MikroORM,
  granter: Granter,
  work: (em: EntityManager, may: ReadonlySet<string>) => Promise<T>,
): Promise<T> {
  return orm.em.fork().transactional(async (em) => {
    await sqlWithin(em)("select pg_advisory_xact_lock($1)", [advisoryLocks.accessChange]);
    const may = await readGranterPermissions(em, granter);
    refuseBeyond(may, [grantingPermission]);
    const before = await readGrantable(em);
    const result = await work(em, may);
    await em.flush();
    const lost = permissionsLost(before, await readGrantable(em));
    if (lost.length > 0) throw new Refused({ kind: "permissions-lost", permissions: lost });
    await notifyAccessChanged(em);
    return result;
  });
}

/** Throws `Refused` if a granter would hand out, take away or take over more than they have. */
export function refuseBeyond(may: ReadonlySet<string>, touched: Iterable<string>): void {
  const beyond = permissionsBeyond(may, touched);
  if (beyond.length > 0) throw new Refused({ kind: "beyond-granter", permissions: beyond });
}

async function readGrantable(em: EntityManager): Promise<ReadonlySet<string>> {
  const people = await sqlWithin(em)<{ held: string[] }>(
    `select array_agg(distinct granted) as held from admin_user u
      join admin_group_member m on m.user_id = u.id
      join admin_group g on g.code = m.group_code
      cross join unnest(g.permissions) granted
      where u.enabled group by u.id`,
  );
  return grantablePermissions(people.map(({ held }) => new Set(held)));
}
