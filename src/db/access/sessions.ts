// Begins and ends sessions: they begin at a login and end at a logout, at a change of password, or when their user is
// disabled.

import type { Pool } from "pg";
import { advisoryLocks } from "../advisory-locks.ts";
import { recordOwnAct } from "../activity/record-own-act.ts";
import { type Account, recordSignIn } from "../activity/record-sign-in.ts";
import { inTransaction } from "../sql/transaction.ts";
import { endPasswordRequests, type AccountNotice, tellOfPassword } from "./account-mails.ts";
import type { SessionLimits } from "./find-session.ts";

/** The data of a user that a login needs. */
export type LoginCandidate = {
  readonly id: string;
  readonly email: string;
  readonly passwordHash: string;
  readonly enabled: boolean;
  /** Whether the login needs a code besides the password. */
  readonly hasSecondFactor: boolean;
};

/** Finds the user of an address, in any case. Resolves with null if there is none. */
export async function findLoginCandidate(
  pool: Pool,
  email: string,
): Promise<LoginCandidate | null> {
  const { rows } = await pool.query<LoginCandidate>(
    `select id, email, password_hash as "passwordHash", enabled,
        second_factor_since is not null as "hasSecondFactor"
      from admin_user where lower(email) = lower($1)`,
    [email],
  );
  return rows[0] ?? null;
}

/** Where a session was begun: the IP address, and the browser's own name for itself. */
export type SessionOrigin = { readonly address: string | null; readonly userAgent: string | null };

/**
 * Begins a session and ends the one that the browser had before, if any. Resolves with false if the user was meanwhile
 * disabled, got another password or turned on a second factor. Also deletes all sessions that have expired.
 */
export function beginSession(
  pool: Pool,
  session: {
    readonly account: Account;
    /** The hash that the password matched. */
    readonly passwordHash: string;
    /** Whether a code of the second factor was right as well. */
    readonly isCodeRight: boolean;
    readonly tokenHash: Buffer;
    readonly replaces: Buffer | null;
    readonly origin: SessionOrigin;
  },
  { idleHours }: SessionLimits,
): Promise<boolean> {
  const { account, origin } = session;
  return inTransaction(pool, async ({ sql }) => {
    const begun = await sql(
      `with ended as (
      delete from admin_session where expires_at <= now() or token_hash = $3
    )
    insert into admin_session (token_hash, user_id, expires_at, address, user_agent)
    select $2, id, now() + make_interval(hours => $4), $6, $7 from admin_user
    where id = $1 and enabled and password_hash = $5 and ($8 or second_factor_since is null)
    for share returning user_id`,
      [
        account.id,
        session.tokenHash,
        session.replaces,
        idleHours,
        session.passwordHash,
        origin.address,
        origin.userAgent,
        session.isCodeRight,
      ],
    );
    if (begun.length === 0) return false;
    await recordSignIn(sql, { kind: "signIn.succeeded", account, address: origin.address });
    return true;
  });
}

/** Ends a session. Resolves with the email of its user, or null if it was over already, which is not an error. */
export function endSession(
  pool: Pool,
  tokenHash: Buffer,
  address: string | null,
): Promise<string | null> {
  return inTransaction(pool, async ({ sql }) => {
    const [account] = await sql<Account>(
      `delete from admin_session s using admin_user u
        where s.token_hash = $1 and u.id = s.user_id returning u.id, u.email`,
      [tokenHash],
    );
    if (account === undefined) return null;
    await recordSignIn(sql, { kind: "signIn.ended", account, address });
    return account.email;
  });
}

/** A person's change of their own password. */
export type PasswordChange = {
  readonly account: Account;
  /** The hash that the current password matched. */
  readonly verifiedHash: string;
  readonly passwordHash: string;
  /** The token hash of the request's session. */
  readonly asked: Buffer;
  /** The token hash of the session that replaces it. */
  readonly begins: Buffer;
  readonly origin: SessionOrigin;
};

/**
 * Stores a new password, ends every session of the person and begins a new one. Waits for other changes of access.
 * Resolves with false, and changes nothing, if meanwhile the person was disabled or got another password, or if their
 * session ended.
 */
export function replacePassword(
  pool: Pool,
  { account, verifiedHash, passwordHash, asked, begins, origin }: PasswordChange,
  { idleHours }: SessionLimits,
  notice?: AccountNotice,
): Promise<boolean> {
  return inTransaction(pool, async ({ sql }) => {
    await sql("select pg_advisory_xact_lock($1)", [advisoryLocks.accessChange]);
    const begun = await sql(
      `with changed as (
        update admin_user set password_hash = $3, must_change_password = false,
          invited_at = null, invitation_ends_at = null, version = version + 1, updated_at = now()
        where id = $1 and enabled and password_hash = $2 and exists (
          select from admin_session where token_hash = $4 and user_id = $1 and expires_at > now())
        returning id
      ), ended as (
        delete from admin_session using changed where user_id = changed.id
      )
      insert into admin_session (token_hash, user_id, expires_at, address, user_agent)
      select $5, id, now() + make_interval(hours => $6), $7, $8 from changed
      returning user_id`,
      [
        account.id,
        verifiedHash,
        passwordHash,
        asked,
        begins,
        idleHours,
        origin.address,
        origin.userAgent,
      ],
    );
    if (begun.length === 0) return false;
    await recordOwnAct(sql, "account.passwordChanged", account, { address: origin.address });
    await endPasswordRequests(sql, account.id);
    await tellOfPassword(sql, account.id, notice);
    return true;
  });
}
