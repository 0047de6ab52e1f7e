// Claims a mail before an attempt to send it. No lock is held during the attempt. A claim that was never ended, because
// its process crashed, expires.

import type { Pool } from "pg";
import type { RegionChoice } from "../../domain/language/languages.ts";
import { inUse } from "../stock/in-use.ts";
import type { ClaimOfMail } from "./end-attempt.ts";
import { switchedOff, wantsNone } from "./wants-none.ts";

/** A mail that this process may try to send now. */
export type ClaimedMail = {
  readonly id: string;
  readonly templateCode: string;
  readonly data: unknown;
  readonly toName: string;
  readonly toEmail: string;
  readonly messageId: string;
  readonly attempts: number;
  readonly override: { readonly subject: string | null; readonly body: string | null } | null;
  /** Of the person who has the address now; the store's language if they have chosen none, or nobody has it. */
  readonly region: RegionChoice;
  readonly from: { readonly name: string | null; readonly email: string | null };
  readonly replyTo: string | null;
  /**
   * How long ago the news happened that it tells of, in seconds; null if it tells of none, is a copy, or was held back
   * because its reader wants it so.
   */
  readonly newsSeconds: number | null;
  readonly alertId: string | null;
  /** The Message-ID of the first mail about its alert to this address; null if this is the first. */
  readonly firstMessageId: string | null;
  /** The person who has the address now, and the key that signs links; null if nobody has it. */
  readonly reader: { readonly userId: string; readonly linkKey: string } | null;
};

/** When a claim expires unless it is renewed. Its process may be frozen or without the database for that long. */
const claimSeconds = 30;

/** A mail that has waited longer than this for its release was held back by choice: others make it wait 90 s at most. */
const heldSeconds = 120;

/**
 * Claims a mail. Resolves with null if it has ended, is claimed by another process, or does not exist. If the product or
 * variant was deleted or hidden after the mail was written, or its reader gets no mails about alerts any more, the mail is
 * not claimed but cancelled.
 */
export async function claimMail(pool: Pool, id: string): Promise<ClaimedMail | null> {
  const { rows } = await pool.query<ClaimedMail>(
    `with about as (
       select m.id, case
           when l.id is not null and not (${inUse("l")})
             then 'Not sent: ' || l.sku || ' was deleted or hidden after the mail was written.'
           when ${wantsNone} then '${switchedOff}' end as reason
       from mail m left join stock_alert a on a.id = m.alert_id left join stock_level l on l.id = a.level_id
       where m.id = $1
     ), claimed as (
       update mail m set status = case when reason is null then 'sending' else 'cancelled' end,
         attempts = attempts + case when reason is null then 1 else 0 end,
         claimed_until = case when reason is null then clock_timestamp() + make_interval(secs => $2) end,
         last_error = coalesce(reason, last_error)
       from about
       where m.id = about.id
         and (status = 'pending' or (status = 'sending' and claimed_until < clock_timestamp()))
       returning m.*)
     select m.id, m.template_code as "templateCode", m.data, m.to_name as "toName",
       m.to_email as "toEmail", m.message_id as "messageId", m.attempts,
       (select json_build_object('subject', t.subject, 'body', t.body) from mail_template t
        where t.code in (m.template_code, m.template_code || '/' || coalesce(u.language, s.language))
          and (t.subject is not null or t.body is not null)
        order by length(t.code) desc limit 1) as override,
       json_build_object('language', coalesce(u.language, s.language), 'locale', u.locale,
         'timeZone', coalesce(u.time_zone, c.time_zone)) as region,
       json_build_object('name', s.mail_from_name, 'email', s.mail_from_email) as "from",
       s.reply_to_email as "replyTo", m.alert_id as "alertId",
       (select first.message_id from mail first
        where first.alert_id = m.alert_id and lower(first.to_email) = lower(m.to_email) and first.id < m.id
          and first.gathered_in is null order by first.id limit 1) as "firstMessageId",
       case when u.id is not null then json_build_object('userId', u.id, 'linkKey', s.link_key) end as reader,
       case when m.resend_of is null and (m.released_at is null
         or m.released_at < m.created_at + make_interval(secs => $3)) then date_part('epoch', clock_timestamp() - n.at) end as "newsSeconds"
     from claimed m left join admin_user u on lower(u.email) = lower(m.to_email)
       left join alert_choice c on c.user_id = u.id
       left join alert_news n on n.alert_id = m.alert_id and n.number = m.news cross join store s
     where m.status = 'sending'`,
    [id, claimSeconds, heldSeconds],
  );
  return rows[0] ?? null;
}

/** Renews a claim, unless the attempt has ended or another process has claimed the mail since. */
export async function renewClaim(pool: Pool, { id, attempts }: ClaimOfMail): Promise<void> {
  await pool.query(
    `update mail set claimed_until = clock_timestamp() + make_interval(secs => $3)
     where id = $1 and status = 'sending' and attempts = $2`,
    [id, attempts, claimSeconds],
  );
}

/** The status of a mail, or null if there is no such mail. */
export async function readMailStatus(pool: Pool, id: string): Promise<string | null> {
  const { rows } = await pool.query<{ status: string }>("select status from mail where id = $1", [
    id,
  ]);
  return rows[0]?.status ?? null;
}
