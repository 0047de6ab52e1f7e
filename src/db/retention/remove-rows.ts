// Removes old mails, Idempotency-Keys and sessions, a portion at a time. What another transaction holds is left for later.

import type { Pool } from "pg";
import { inTransaction } from "../sql/transaction.ts";
import { idAt } from "../reports/id-at.ts";
import type { Portion } from "./remove-events.ts";

/**
 * A condition: the mail has ended, and nothing needs it. One of an alert that is open is in its thread and on its page,
 * and one that was gathered or sent again leads to the other.
 */
export const isOldMail = /* sql */ `m.id < $1::uuid and m.status in ('sent', 'failed', 'cancelled')
  and not exists (select from stock_alert a where a.id = m.alert_id
    and (a.ended_at is null or a.ended_at >= $2::timestamptz))
  and not exists (select from mail other where other.resend_of = m.id)
  and not exists (select from mail other where other.gathered_in = m.id)`;

/** The parameters of that condition: nothing since then is old. */
export const oldMailValues = (since: Date): readonly [string, Date] => [idAt(since), since];

/** Deletes up to `limit` mails that were written before then. An audit then misses none of them. */
export async function removeMails(pool: Pool, since: Date, limit: number): Promise<Portion> {
  return inTransaction(pool, async ({ sql }) => {
    await sql(
      `update retention set mails_gone_until = $1
       where mails_gone_until is null or mails_gone_until < $1`,
      [since],
    );
    const gone = await sql(
      `delete from mail where id = any (array (
         select m.id from mail m where ${isOldMail} order by m.id limit $3 for update of m skip locked))
       returning 1`,
      [...oldMailValues(since), limit],
    );
    return { removed: gone.length, hasMore: gone.length === limit };
  });
}

/** Deletes up to `limit` Idempotency-Keys that came before then. */
export function removeRequests(pool: Pool, since: Date, limit: number): Promise<Portion> {
  return removeOlder(pool, "idempotent_request", "at", since, limit);
}

/** Deletes up to `limit` sessions that had ended by then. */
export function removeSessions(pool: Pool, by: Date, limit: number): Promise<Portion> {
  return removeOlder(pool, "admin_session", "expires_at", by, limit);
}

async function removeOlder(
  pool: Pool,
  table: "idempotent_request" | "admin_session",
  time: "at" | "expires_at",
  than: Date,
  limit: number,
): Promise<Portion> {
  const { rowCount } = await pool.query(
    `delete from ${table} where ctid = any (array (
       select ctid from ${table} where ${time} < $1 limit $2 for update skip locked))`,
    [than, limit],
  );
  return { removed: rowCount ?? 0, hasMore: rowCount === limit };
}
