// The links with which people choose a password, and the change that such a person makes.

import type { Pool } from "pg";
import { recordOwnAct } from "../activity/record-own-act.ts";
import { advisoryLocks } from "../advisory-locks.ts";
import type { Sql } from "../sql/sql.ts";
import { type AccountNotice, tellOfPassword } from "./account-mails.ts";
import { inTransaction } from "../sql/transaction.ts";

/** What is stored of a link: the SHA-256 of its token, and when it ends. */
export type StoredLink = { readonly tokenHash: Buffer; readonly endsAt: Date };

/** An enabled person, and the hash of the password that they have now. */
export type LinkedPerson = {
  readonly id: string;
  readonly email: string;
  readonly passwordHash: string;
};

/**
 * Stores a link for a person. It works until it ends, is used, or any other password is stored for them. Old links of
 * anybody are deleted.
 */
export async function insertPasswordLink(
  sql: Sql,
  personId: string,
  { tokenHash, endsAt }: StoredLink,
): Promise<void> {
  await sql("delete from password_link where ends_at <= now()");
  await sql(
    `insert into password_link (token_hash, user_id, password_hash, ends_at)
     select $1, id, password_hash, $3 from admin_user where id = $2`,
    [tokenHash, personId, endsAt],
  );
}

/** Finds the enabled person of a link that still works; null if there is none. */
export async function findLinkedPerson(
  pool: Pool,
  tokenHash: Buffer,
): Promise<LinkedPerson | null> {
  const { rows } = await pool.query<LinkedPerson>(
    `select u.id, u.email, u.password_hash as "passwordHash"
     from password_link l join admin_user u on u.id = l.user_id and u.password_hash = l.password_hash
     where l.token_hash = $1 and l.ends_at > now() and u.enabled`,
    [tokenHash],
  );
  return rows[0] ?? null;
}

/**
 * Stores the password that a person chose by a link, and ends their links, sessions and logins, and their
 * requests for links. Resolves with false, and
 * changes nothing, if they were disabled or got another password meanwhile. `address` is the client's.
 */
export function choosePassword(
  pool: Pool,
  person: LinkedPerson,
  chosenHash: string,
  address: string | null,
  notice?: AccountNotice,
): Promise<boolean> {
  return inTransaction(pool, async ({ sql }) => {
    await sql("select pg_advisory_xact_lock($1)", [advisoryLocks.accessChange]);
    const changed = await sql(
      `with changed as (
        update admin_user set password_hash = $3, must_change_password = false,
          invited_at = null, invitation_ends_at = null, version = version + 1, updated_at = now()
        where id = $1 and enabled and password_hash = $2 returning id
      ), links as (
        delete from password_link using changed where user_id = changed.id
      ), requests as (
        delete from password_request using changed where user_id = changed.id
      ), sessions as (
        delete from admin_session using changed where user_id = changed.id
      ), logins as (
        delete from admin_login_step using changed where user_id = changed.id
      )
      select id from changed`,
      [person.id, person.passwordHash, chosenHash],
    );
    if (changed.length === 0) return false;
    await recordOwnAct(sql, "account.passwordChosen", person, { address });
    await tellOfPassword(sql, person.id, notice);
    return true;
  });
}
