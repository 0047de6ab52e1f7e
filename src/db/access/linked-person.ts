// The person of a link with which they choose a password, and the change that they make.

import type { Pool } from "pg";
import { recordOwnAct } from "../activity/record-own-act.ts";
import { advisoryLocks } from "../advisory-locks.ts";
import { inTransaction } from "../sql/transaction.ts";

/** An enabled person, and the hash of the password that they have now. */
export type FoundPerson = {
  readonly id: string;
  readonly email: string;
  readonly passwordHash: string;
};

/** Finds an enabled person by id; null if there is none. */
export async function findEnabledPerson(pool: Pool, id: string): Promise<FoundPerson | null> {
  const { rows } = await pool.query<FoundPerson>(
    `select id, email, password_hash as "passwordHash" from admin_user where id = $1 and enabled`,
    [id],
  );
  return rows[0] ?? null;
}

/**
 * Stores the password that a person chose by a link, and ends their sessions and logins. Resolves with false, and
 * changes nothing, if they were disabled or got another password meanwhile.
 */
export function choosePassword(
  pool: Pool,
  person: FoundPerson,
  chosenHash: string,
): Promise<boolean> {
  return inTransaction(pool, async ({ sql }) => {
    await sql("select pg_advisory_xact_lock($1)", [advisoryLocks.accessChange]);
    const changed = await sql(
      `with changed as (
        update admin_user set password_hash = $3, must_change_password = false,
          version = version + 1, updated_at = now()
        where id = $1 and enabled and password_hash = $2 returning id
      ), sessions as (
        delete from admin_session using changed where user_id = changed.id
      ), logins as (
        delete from admin_login_step using changed where user_id = changed.id
      )
      select id from changed`,
      [person.id, person.passwordHash, chosenHash],
    );
    if (changed.length === 0) return false;
    await recordOwnAct(sql, "account.passwordChosen", person);
    return true;
  });
}
