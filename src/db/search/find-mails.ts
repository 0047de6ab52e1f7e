// Finds mails by words in their recipient and subject.

import type { Pool } from "pg";
import { wordsMax } from "../../domain/search/folded-text.ts";
import { likePattern } from "../sql/like-pattern.ts";
import type { MailStatus } from "../../domain/mail-status.ts";

/** A mail that was found. */
export type FoundMail = {
  readonly id: string;
  readonly subject: string | null;
  readonly toName: string;
  readonly toEmail: string;
  readonly status: MailStatus;
  readonly createdAt: Date;
};

/** The latest mails that are looked at. */
const lookedAtMax = 10_000;

/**
 * Up to `limit` mails, newest first, but for those whose news another mail tells. `isMore`: there are older mails that
 * were not looked at.
 */
export async function findMails(
  pool: Pool,
  q: string,
  limit: number,
): Promise<{ readonly mails: readonly FoundMail[]; readonly isMore: boolean }> {
  const split = q.split(/\s+/u).filter((word) => word !== "");
  const words = [...new Set(split)].slice(0, wordsMax);
  const values: unknown[] = [lookedAtMax];
  const has = words.map((word) => `m.said ilike $${values.push(likePattern(word))}`);
  const { rows } = await pool.query<FoundMail & { readonly nr: number; readonly found: boolean }>(
    `select * from (
       select m.id, m.subject, m."toName", m."toEmail", m.status, m."createdAt", row_number() over () as nr, ${has.join(" and ") || "true"} as found
       from (
         select id, subject, to_name as "toName", to_email as "toEmail", status, created_at as "createdAt",
           concat_ws(' ', to_name, to_email, subject) as said
         from mail where gathered_in is null order by id desc limit $1) m) m
     where found or nr = $1 limit $${values.push(limit)}`,
    values,
  );
  const mails = rows.filter(({ found }) => found);
  return { mails, isMore: mails.length < limit && rows.length > mails.length };
}
