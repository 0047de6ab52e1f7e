// The mails about alerts that wait for one person: those that may go out now, and what the person got lately.

import type { WaitingMails } from "../../domain/alerting/gather-mails.ts";
import { advisoryLocks } from "../advisory-locks.ts";
import { choiceColumns, type StoredChoice } from "../alerts/alert-people.ts";
import { inUse } from "../stock/in-use.ts";
import type { Sql } from "../sql/sql.ts";

/** A mail that waits. */
export type WaitingMail = {
  readonly id: string;
  readonly templateCode: string;
  readonly data: unknown;
  readonly messageId: string;
  readonly toName: string;
  readonly toEmail: string;
  readonly createdAt: Date;
  /** Its alert as it is now. `state` is null if it has ended. */
  readonly alert: {
    readonly id: string;
    readonly state: "low" | "out" | null;
    readonly units: number;
  };
  /** Until when its alert is snoozed; null if it is not. */
  readonly snoozedUntil: Date | null;
  /** Whether its item was deleted or hidden. */
  readonly isGone: boolean;
};

/** What a person got lately, and what time it is. */
export type Lately = Pick<WaitingMails, "singlesAt" | "togetherAt"> & { readonly now: Date };

/**
 * Reads when a waiting mail may go out, and locks all that wait for its recipient until the transaction ends, so that
 * they are decided about once at a time. Resolves with undefined if it does not wait.
 */
export async function lockWaiting(
  sql: Sql,
  id: string,
): Promise<{ readonly toEmail: string; readonly waitsUntil: Date } | undefined> {
  const own = () =>
    sql<{ toEmail: string; waitsUntil: Date }>(
      `select to_email as "toEmail", waits_until as "waitsUntil" from mail
       where id = $1 and status = 'pending' and waits_until is not null`,
      [id],
    );
  const [seen] = await own();
  if (seen === undefined) return undefined;
  await lockWaitingTo(sql, seen.toEmail);
  return (await own())[0];
}

/** Locks all mails that wait for an address until the transaction ends. Take it before the rows of any. */
export async function lockWaitingTo(sql: Sql, toEmail: string): Promise<void> {
  await sql("select pg_advisory_xact_lock($1::bigint + (hashtext(lower($2)) & 2147483647))", [
    advisoryLocks.waitingMails,
    toEmail,
  ]);
}

/** Reads the mails that wait for an address until `until` at most, the oldest first. */
export async function readWaiting(
  sql: Sql,
  toEmail: string,
  until: Date,
): Promise<readonly WaitingMail[]> {
  return sql<WaitingMail>(
    `select m.id, m.template_code as "templateCode", m.data, m.message_id as "messageId",
       m.to_name as "toName", m.to_email as "toEmail", m.created_at as "createdAt",
       json_build_object('id', a.id, 'units', l.units,
         'state', case when a.ended_at is null then a.state end) as alert,
       a.snoozed_until as "snoozedUntil", not (${inUse("l")}) as "isGone"
     from mail m join stock_alert a on a.id = m.alert_id join stock_level l on l.id = a.level_id
     where lower(m.to_email) = lower($1) and m.status = 'pending' and m.waits_until <= $2
     order by m.id for update of m`,
    [toEmail, until],
  );
}

/** Reads how the person with an address is told. Resolves with undefined if nobody who may log in has it any more. */
export async function readChoiceOf(sql: Sql, toEmail: string): Promise<StoredChoice | undefined> {
  const [stored] = await sql<StoredChoice>(
    `select ${choiceColumns} from admin_user u left join alert_choice c on c.user_id = u.id
     where lower(u.email) = lower($1) and u.enabled`,
    [toEmail],
  );
  return stored;
}

/** Reads what went to an address within the last `minuteMs` milliseconds before `now`, by default the database's time. */
export async function readLately(
  sql: Sql,
  toEmail: string,
  minuteMs: number,
  now: Date | undefined,
): Promise<Lately> {
  const [lately] = await sql<{ now: Date; singles: readonly string[]; togetherAt: Date | null }>(
    `select t.now,
       coalesce(json_agg(m.released_at) filter (where m.alert_id is not null), '[]') as singles,
       max(m.released_at) filter (where m.alert_id is null) as "togetherAt"
     from (select coalesce($3::timestamptz, clock_timestamp()) as now) t
       left join mail m on lower(m.to_email) = lower($1)
         and m.released_at > t.now - make_interval(secs => $2::double precision / 1000)
     group by t.now`,
    [toEmail, minuteMs, now ?? null],
  );
  if (lately === undefined) throw new Error("Expected one row of what went out lately; got none.");
  const { singles, togetherAt } = lately;
  return { now: lately.now, singlesAt: singles.map((at) => new Date(at)), togetherAt };
}
