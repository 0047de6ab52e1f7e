// Logins whose password was right and whose code is awaited. Such a login is no session: it opens nothing but the
// question for the code, and is over after a few minutes.

import type { Pool } from "pg";

/** Whose login waits, with the hash that their password was found to match. */
export type LoginStep = {
  readonly userId: string;
  readonly email: string;
  readonly passwordHash: string;
};

/** How long a login waits for its code, in minutes. */
export const loginStepMinutes = 10;

/** Remembers that a password was right, and forgets what has waited too long. */
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

/** The login that waits under a token, or null if none does, or its password is not the person's any more. */
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

/** Ends a login that waits. */
export async function endLoginStep(pool: Pool, tokenHash: Buffer): Promise<void> {
  await pool.query("delete from admin_login_step where token_hash = $1", [tokenHash]);
}
