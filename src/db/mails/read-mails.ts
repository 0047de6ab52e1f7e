// Reads the mail log: every mail, its recipient, its status and what was sent.

import type { Pool } from "pg";
import { likePattern } from "../sql/like-pattern.ts";
import type { MailStatus } from "../../domain/mail-status.ts";

/** A mail in a list. Its subject is null until it is first rendered. */
export type MailEntry = {
  readonly id: string;
  readonly templateCode: string;
  readonly status: MailStatus;
  readonly toName: string;
  readonly toEmail: string;
  readonly subject: string | null;
  readonly alertId: string | null;
  readonly notice: "low" | "out" | null;
  readonly resendOf: string | null;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly overrideProblem: string | null;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
  /** Until when it is not sent; null if it need not wait. */
  readonly waitsUntil: Date | null;
};

/** A mail as it was sent. */
export type StoredMail = MailEntry & {
  readonly messageId: string;
  readonly html: string | null;
  readonly text: string | null;
  /** If the mail is about an alert: the SKU of what ran low, and that of its product. */
  readonly sku: string | null;
  readonly productSku: string | null;
};

/** Which mails a page holds. */
export type MailFilter = {
  readonly status: MailEntry["status"] | undefined;
  /** Part of the recipient's name or address, or of the subject; case does not matter. */
  readonly q: string | undefined;
  readonly alertId: string | undefined;
  /** The id that the page starts before. */
  readonly before: string | undefined;
  readonly limit: number;
};

const entryColumns = `m.id, m.template_code as "templateCode", m.status, m.to_name as "toName",
  m.to_email as "toEmail", m.subject, m.alert_id as "alertId", m.notice, m.resend_of as "resendOf",
  m.attempts, m.last_error as "lastError", m.override_problem as "overrideProblem",
  m.created_at as "createdAt", m.sent_at as "sentAt", m.waits_until as "waitsUntil"`;

/** Mails, newest first. Those whose news another mail tells are left out. */
export async function listMails(pool: Pool, filter: MailFilter): Promise<MailEntry[]> {
  const { status, q, alertId, before, limit } = filter;
  const part = q === undefined ? null : likePattern(q);
  const { rows } = await pool.query<MailEntry>(
    `select ${entryColumns} from mail m
      where m.gathered_in is null and ($1::text is null or m.status = $1) and ($2::uuid is null or m.id = any (array (
          select id from mail where alert_id = $2
          union all select gathered_in from mail where alert_id = $2)))
        and ($3::uuid is null or m.id < $3)
        and ($4::text is null or m.to_email ilike $4 or m.to_name ilike $4 or m.subject ilike $4)
      order by m.id desc limit $5`,
    [status ?? null, alertId ?? null, before ?? null, part, limit],
  );
  return rows;
}

/** One mail, or null if there is no such mail. */
export async function readMail(pool: Pool, id: string): Promise<StoredMail | null> {
  const { rows } = await pool.query<StoredMail>(
    `select ${entryColumns}, m.message_id as "messageId", m.html, m.body_text as text, l.sku,
        p.sku as "productSku"
      from mail m
      left join stock_alert a on a.id = m.alert_id
      left join stock_level l on l.id = a.level_id
      left join product p on p.id = l.product_id
      where m.id = $1`,
    [id],
  );
  return rows[0] ?? null;
}
