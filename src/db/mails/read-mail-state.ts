// Reads how mailing goes: how many mails wait, whether the mail server takes them, and how many have failed.

import type { Pool } from "pg";
import { failedMails } from "./failed-mails.ts";

/** How mailing goes. */
export type MailState = {
  /** Mails that are not sent yet, with those that wait for another attempt. */
  readonly unsent: number;
  /** Mails that wait for another attempt, because the mail server did not take them. */
  readonly waiting: number;
  /** When the first attempt at one of these, or at one that has failed since the last was sent, failed. Null if none waits. */
  readonly failingSince: Date | null;
  /** Why the newest of these was not taken; null if none waits. */
  readonly lastError: string | null;
  /** When a mail was last sent, as far as the newest of them say; null if none was. */
  readonly lastSentAt: Date | null;
  /** Failed mails that are still to be sent again. */
  readonly failed: number;
};

/**
 * How many mails of a state are looked at, the newest. A mail that was sent after many attempts may be older than these:
 * then the last one seems to be sent earlier than it was, until the next is sent.
 */
const lookedAtMax = 50;

/** Reads it, by the index of the mails of a status. */
export async function readMailState(pool: Pool): Promise<MailState> {
  const { rows } = await pool.query<MailState>(
    `with open as materialized (
       select id, status, last_error, coalesce(failing_since, created_at) as since
       from mail where status in ('pending', 'sending')
     ), waiting as (
       select * from open where status = 'pending' and last_error is not null
     ), sent as (
       select max(sent_at) as at from (
         select sent_at from mail where status = 'sent' order by id desc limit ${lookedAtMax}) newest
     ), gave_up as (
       select min(failing_since) as since from (
         select failing_since, attempts from mail where status = 'failed' order by id desc limit ${lookedAtMax}) newest, sent
       where attempts > 1 and (sent.at is null or failing_since > sent.at))
     select (select count(*) from open) as unsent,
       (select count(*) from waiting) as waiting,
       (select case when count(*) > 0 then least(min(since), (select since from gave_up)) end from waiting) as "failingSince",
       (select last_error from waiting order by id desc limit 1) as "lastError",
       (select at from sent) as "lastSentAt",
       (select count(*) from (${failedMails}) failed) as failed`,
  );
  const [state] = rows;
  if (state === undefined) throw new Error("Expected one row of the mails' state; got none.");
  return state;
}
