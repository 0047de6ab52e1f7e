// Reads everybody's address, for the command that sets a new password.

import type { MikroORM } from "@mikro-orm/postgresql";
import { sqlWithin } from "../sql/sql.ts";

/** A person's address and whether they may log in. */
export type Login = { readonly id: string; readonly email: string; readonly enabled: boolean };

/** Reads all addresses in alphabetical order. */
export function readLogins(orm: MikroORM): Promise<readonly Login[]> {
  return sqlWithin(orm.em.fork())<Login>(
    "select id, email, enabled from admin_user order by lower(email)",
  );
}
