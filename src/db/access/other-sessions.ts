// Lists and ends a person's sessions other than the one that sends the request, so that they can end a strange one.

import type { Pool } from "pg";
import { recordOwnAct } from "../activity/record-own-act.ts";
import { inTransaction } from "../sql/transaction.ts";

/** The person and session that send the request. */
export type OwnSession = {
  readonly userId: string;
  readonly email: string;
  readonly tokenHash: Buffer;
};

/** A session as its owner sees it. `id` is not its token: nobody can log in with it. */
export type SessionView = {
  readonly id: string;
  readonly loggedInAt: Date;
  /** When it was last used, accurate to some ten minutes. */
  readonly seenAt: Date;
  readonly address: string | null;
  readonly userAgent: string | null;
};

/** The most sessions that are listed. Ending all others also ends those that are not listed. */
const listedMax = 100;

/** Lists the person's other sessions that have not expired, the last used first. */
export async function listOtherSessions(
  pool: Pool,
  { userId, tokenHash }: Omit<OwnSession, "email">,
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
 * Ends one of the person's other sessions, or all of them if `id` is null. Resolves with how many were ended: 0 if
 * there is no such session, if it is somebody else's, or if the request's own session was ended meanwhile.
 */
export function endOtherSessions(
  pool: Pool,
  { userId, email, tokenHash }: OwnSession,
  id: string | null,
): Promise<number> {
  return inTransaction(pool, async ({ sql }) => {
    const ended = await sql(
      `delete from admin_session where user_id = $1 and token_hash <> $2 and ($3::uuid is null or id = $3)
        and exists (select from admin_session
          where token_hash = $2 and user_id = $1 and expires_at > now())
       returning id`,
      [userId, tokenHash, id],
    );
    const sessions = ended.length;
    if (sessions > 0) {
      await recordOwnAct(sql, "account.sessionsEnded", { id: userId, email }, { sessions });
    }
    return sessions;
  });
}
