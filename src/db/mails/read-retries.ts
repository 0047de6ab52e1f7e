// Reads mails that wait for another attempt, and why mails were not sent again.

import type { Pool } from "pg";

/** A mail that waits for another attempt, as its job names it. */
export type WaitingMail = { readonly id: string; readonly to: string; readonly about: string };

/** What a mail is, for the reason why it is not sent again. `sku` is what ran low; null if it is about something else. */
export type MailFacts = {
  readonly id: string;
  readonly status: string;
  readonly sku: string | null;
};

/**
 * Mails that the mail server has not taken and that wait for another attempt, the oldest first: these, or all. `left` is
 * how many there are beyond `max`.
 */
export async function readWaitingMails(
  pool: Pool,
  ids: readonly string[] | undefined,
  max: number,
): Promise<{ readonly mails: readonly WaitingMail[]; readonly left: number }> {
  const { rows } = await pool.query<WaitingMail & { readonly all: number }>(
    `select id, to_email as "to", coalesce(subject, template_code) as about, count(*) over ()::integer as "all"
     from mail where status = 'pending' and last_error is not null and ($1::uuid[] is null or id = any ($1))
     order by id limit $2`,
    [ids ?? null, max],
  );
  const mails = rows.map(({ id, to, about }) => ({ id, to, about }));
  return { mails, left: (rows[0]?.all ?? 0) - rows.length };
}

/** The facts of mails, in any order. Those that don't exist are left out. */
export async function readMailFacts(pool: Pool, ids: readonly string[]): Promise<MailFacts[]> {
  const { rows } = await pool.query<MailFacts>(
    `select m.id, m.status, l.sku from mail m
     left join stock_alert a on a.id = m.alert_id left join stock_level l on l.id = a.level_id
     where m.id = any ($1)`,
    [ids],
  );
  return rows;
}
