// The sessions of a person besides the one that they ask with: who finds a strange one can end it.

import type { Pool } from "pg";

/** Whose session asks. */
export type OwnSession = { readonly userId: string; readonly tokenHash: Buffer };

/** A session as its owner is told of it. `id` names it and opens nothing. */
export type SessionView = {
  readonly id: string;
  readonly loggedInAt: Date;
  /** When it was last used, to some ten minutes. */
  readonly seenAt: Date;
  readonly address: string | null;
  readonly userAgent: string | null;
};

/** Sessions that are listed at most: those that were used last. Ending all others ends those beyond, too. */
const listedMax = 100;

/** The person's other sessions that live, the one that was used last first. */
export async function listOtherSessions(
  pool: Pool,
  { userId, tokenHash }: OwnSession,
): Promise<SessionView[]> {
  const { rows } = await pool.query<SessionView>(
    `select id, created_at as "loggedInAt", seen_at as "seenAt", address, user_agent as "userAgent"
      from admin_session where user_id = $1 and token_hash <> $2 and expires_at > now()
      order by seen_at desc, id limit $3`,
    [userId, tokenHash, listedMax],
  );
  return rows;
}

/**
 * Ends one of the person's other sessions, or all of them if no id is given. Resolves with how many were ended: none
 * if there is no such session, it is somebody else's, or the session that asks was itself ended meanwhile.
 */
export async function endOtherSessions(
  pool: Pool,
  { userId, tokenHash }: OwnSession,
  id: string | null,
): Promise<number> {
  const { rowCount } = await pool.query(
    `delete from admin_session where user_id = $1 and token_hash <> $2 and ($3::uuid is null or id = $3)
      and exists (select from admin_session
        where token_hash = $2 and user_id = $1 and expires_at > now())`,
    [userId, tokenHash, id],
  );
  return rowCount ?? 0;
}
