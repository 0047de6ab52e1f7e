// Switches off the mails about alerts of one person, who need not be logged in.

import type { Pool } from "pg";
import type { Language } from "../../domain/language/languages.ts";
import { usualChoice } from "../../domain/alerting/mail-choice.ts";

/** A person by id, as a signed link names one, with the store's name and the key that signs its links. */
export type LinkedPerson = {
  readonly email: string;
  readonly storeName: string;
  readonly linkKey: string;
  readonly language: Language;
};

/** Reads a person. Resolves with undefined if there is none. */
export async function readLinkedPerson(
  pool: Pool,
  userId: string,
): Promise<LinkedPerson | undefined> {
  const { rows } = await pool.query<LinkedPerson>(
    `select u.email, s.name as "storeName", s.link_key as "linkKey",
       coalesce(u.language, s.language) as language
     from admin_user u cross join store s where u.id = $1`,
    [userId],
  );
  return rows[0];
}

/** Switches the mails off. Doing it again changes nothing. */
export async function switchMailsOff(pool: Pool, userId: string): Promise<void> {
  await pool.query(
    `insert into alert_choice (user_id, mode, daily_at, time_zone, updated_by)
     select id, 'off', $2, $3, 'link in a mail to ' || email from admin_user where id = $1
     on conflict (user_id) do update
       set mode = 'off', updated_at = now(), updated_by = excluded.updated_by
       where alert_choice.mode <> 'off'`,
    [userId, usualChoice.dailyAt, usualChoice.timeZone],
  );
}
