// Stores what a person says about an alert: that somebody sees to it, and until when nobody is to be mailed about it.

import type { Pool } from "pg";
import { inTransaction } from "../sql/transaction.ts";
import type { MovedMail } from "./alert-mails.ts";

/** What is said. What is left out stays as it is. */
export type AlertNote = {
  /** Whether somebody sees to it. */
  readonly acknowledged?: boolean | undefined;
  /** A note to the acknowledgement; null removes it. */
  readonly note?: string | null | undefined;
  /** Until when nobody is mailed; null ends it. */
  readonly snoozedUntil?: Date | null | undefined;
};

/**
 * Stores it for `actor`. Resolves with mails that need not wait any longer, or with null if there is no such alert. News
 * that waited for the end of a snooze are due at its new end; the sweeper announces them.
 */
export function noteAlert(
  pool: Pool,
  id: string,
  { acknowledged, note, snoozedUntil }: AlertNote,
  actor: string,
): Promise<readonly MovedMail[] | null> {
  return inTransaction(pool, async ({ sql }) => {
    const [alert] = await sql<{ snoozedUntil: Date | null }>(
      `select snoozed_until as "snoozedUntil" from stock_alert where id = $1 for update`,
      [id],
    );
    if (alert === undefined) return null;
    if (acknowledged !== undefined || note !== undefined) {
      await sql(
        `update stock_alert set
           acknowledged_at = case when $2 then coalesce(acknowledged_at, clock_timestamp()) end,
           acknowledged_by = case when $2 then coalesce(acknowledged_by, $3) end,
           note = case when $2 then case when $4 then $5 else note end end
         where id = $1`,
        [id, acknowledged ?? true, actor, note !== undefined, note ?? null],
      );
    }
    if (snoozedUntil === undefined) return [];
    await sql(
      `update stock_alert set snoozed_until = $2, snoozed_by = case when $2::timestamptz is not null then $3 end
       where id = $1`,
      [id, snoozedUntil, actor],
    );
    if (alert.snoozedUntil === null) return [];
    const until = snoozedUntil ?? new Date();
    await sql(
      `update alert_news set due_at = $2
       where alert_id = $1 and due_at = $3 and checked_at is not null`,
      [id, until, alert.snoozedUntil],
    );
    return sql<MovedMail>(
      `update mail set waits_until = $2 where alert_id = $1 and status = 'pending' and waits_until = $3
       returning id, to_email as "to"`,
      [id, until, alert.snoozedUntil],
    );
  });
}
