// The one way to change groups, people and keys. Changes run one after the other, each in a transaction. The granter's
// permissions are read inside it, no permission may be lost, and every process is notified of the commit.

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
 * Runs `work` in a transaction while no other change of access runs, so what it reads is still true when it writes.
 * `may` has the granter's permissions. Throws `Refused` if the granter may no longer make changes, or if nobody would
 * remain who can grant a permission that somebody could grant before. After any error nothing is stored.
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

/** Throws `Refused` if `touched` has a permission that the granter lacks. */
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
