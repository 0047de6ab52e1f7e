// Sessions begin at a login and end at a logout, at a change of password, or when their user is disabled.

import type { Pool } from "pg";
import type { SessionLimits } from "./find-session.ts";

/** What a login needs to know of a user. */
export type LoginCandidate = {
  readonly id: string;
  readonly passwordHash: string;
  readonly enabled: boolean;
};

/** The user of an address, whatever its case, or null where there is none. */
export async function findLoginCandidate(
  pool: Pool,
  email: string,
): Promise<LoginCandidate | null> {
  const { rows } = await pool.query<{ id: string; password_hash: string; enabled: boolean }>(
    `select id, password_hash, enabled from admin_user where lower(email) = lower($1)`,
    [email],
  );
  const row = rows[0];
  return row === undefined
    ? null
    : { id: row.id, passwordHash: row.password_hash, enabled: row.enabled };
}

/**
 * Begins a session and ends the one that the browser had before, if any. Resolves with false where the
 * user was disabled or given another password meanwhile. Sessions that have run out are cleared away here, too.
 */
export async function beginSession(
  pool: Pool,
  session: {
    readonly userId: string;
    /** The hash that the password was found to match. */
    readonly passwordHash: string;
    readonly tokenHash: Buffer;
    readonly replaces: Buffer | null;
  },
  { idleHours }: SessionLimits,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `with ended as (
      delete from admin_session where expires_at <= now() or token_hash = $3
    )
    insert into admin_session (token_hash, user_id, expires_at)
    select $2, id, now() + make_interval(hours => $4) from admin_user
    where id = $1 and enabled and password_hash = $5
    for share`,
    [session.userId, session.tokenHash, session.replaces, idleHours, session.passwordHash],
  );
  return rowCount === 1;
}

/** Ends a session. Ending one that is over already is no error. */
export async function endSession(pool: Pool, tokenHash: Buffer): Promise<void> {
  await pool.query(`delete from admin_session where token_hash = $1`, [tokenHash]);
}

/** Stores a new password and ends the user's other sessions, in one statement. */
export async function replacePassword(
  pool: Pool,
  change: { readonly userId: string; readonly passwordHash: string; readonly keep: Buffer },
): Promise<void> {
  await pool.query(
    `with changed as (
      update admin_user set password_hash = $2, version = version + 1, updated_at = now()
      where id = $1
      returning id
    )
    delete from admin_session using changed where user_id = changed.id and token_hash <> $3`,
    [change.userId, change.passwordHash, change.keep],
  );
}
