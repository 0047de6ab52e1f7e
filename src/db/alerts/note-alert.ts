// Stores what a person says about an alert: that somebody sees to it, and until when nobody is to be mailed about it.

import type { Pool } from "pg";
import { mayBeSentAfterSnooze } from "../../domain/alerting/mail-choice.ts";
import { retryTransaction } from "../sql/retry-transaction.ts";
import type { Sql } from "../sql/sql.ts";
import { inTransaction, type Transaction } from "../sql/transaction.ts";
import type { MovedMail } from "./alert-mails.ts";
import { choiceColumns, type StoredChoice, toChoice } from "./alert-people.ts";

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
  const attempt = async ({ sql }: Transaction): Promise<readonly MovedMail[] | null> => {
    const [alert] = await sql<{ snoozedUntil: Date | null }>(
      `select snoozed_until as "snoozedUntil" from stock_alert where id = $1 for update`,
      [id],
    );
    if (alert === undefined) return null;
    if (note === null && acknowledged === undefined) {
      await sql("update stock_alert set note = null where id = $1", [id]);
    } else if (acknowledged !== undefined || note !== undefined) {
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
    return moveSnoozed(sql, id, alert.snoozedUntil, until);
  };
  return retryTransaction(() => inTransaction(pool, attempt));
}

/** Lets the mails that a snooze held back until `before` wait for its new end `until`, as each reader wants it. */
async function moveSnoozed(
  sql: Sql,
  alertId: string,
  before: Date,
  until: Date,
): Promise<readonly MovedMail[]> {
  const held = await sql<MovedMail & StoredChoice>(
    `select m.id, m.to_email as "to", ${choiceColumns} from mail m
       left join admin_user u on lower(u.email) = lower(m.to_email)
       left join alert_choice c on c.user_id = u.id
     where m.alert_id = $1 and m.status = 'pending' and m.waits_until >= $2 order by m.id for update of m`,
    [alertId, before],
  );
  for (const mail of held) {
    const waitsUntil = mayBeSentAfterSnooze(toChoice(mail), until);
    await sql("update mail set waits_until = $2 where id = $1", [mail.id, waitsUntil]);
  }
  return held.map(({ id, to }) => ({ id, to }));
}
