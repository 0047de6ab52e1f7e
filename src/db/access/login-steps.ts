// Logins whose password was right and whose code is still missing. Such a login is not a session: it only gives access
// to the page that asks for the code, and expires after a few minutes.

import type { Pool } from "pg";

/** A login without its code, with the hash that the password matched. */
export type LoginStep = {
  readonly userId: string;
  readonly email: string;
  readonly passwordHash: string;
};

/** How long a login waits for its code, in minutes. */
export const loginStepMinutes = 10;

/** Stores that a password was right, and deletes logins that have expired. */
export async function beginLoginStep(
  pool: Pool,
  tokenHash: Buffer,
  { userId, passwordHash }: Omit<LoginStep, "email">,
): Promise<void> {
  await pool.query(
    `with over as (delete from admin_login_step where expires_at <= now())
    insert into admin_login_step (token_hash, user_id, password_hash, expires_at)
    values ($1, $2, $3, now() + make_interval(mins => $4))`,
    [tokenHash, userId, passwordHash, loginStepMinutes],
  );
}

/** Finds the login of a token. Resolves with null if there is none, or if the password was changed since. */
export async function findLoginStep(pool: Pool, tokenHash: Buffer): Promise<LoginStep | null> {
  const { rows } = await pool.query<LoginStep>(
    `select s.user_id as "userId", u.email, s.password_hash as "passwordHash"
      from admin_login_step s join admin_user u on u.id = s.user_id
      where s.token_hash = $1 and s.expires_at > now() and u.enabled
        and u.password_hash = s.password_hash`,
    [tokenHash],
  );
  return rows[0] ?? null;
}

/** Deletes the login of a token. */
export async function endLoginStep(pool: Pool, tokenHash: Buffer): Promise<void> {
  await pool.query("delete from admin_login_step where token_hash = $1", [tokenHash]);
}
