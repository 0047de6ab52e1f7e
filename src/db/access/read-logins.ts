// Who can be given a new password: every person's address, for a command that has no list to look at.

import type { MikroORM } from "@mikro-orm/postgresql";
import { sqlWithin } from "../sql/sql.ts";

/** A person's address. */
export type Login = { readonly id: string; readonly email: string; readonly enabled: boolean };

/** Everybody's address, in alphabetical order. */
export function readLogins(orm: MikroORM): Promise<readonly Login[]> {
  return sqlWithin(orm.em.fork())<Login>(
    "select id, email, enabled from admin_user order by lower(email)",
  );
}
