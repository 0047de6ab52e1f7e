// Writes mails that a person asks for: a copy of one that was sent before, or a test of a template.

import { randomUUIDv7 } from "node:crypto";
import type { Pool } from "pg";
import { inUse } from "../stock/in-use.ts";
import type { ClaimOfMail } from "./end-attempt.ts";

/** A mail to announce. `about` is its subject, or the template's code: operators see it at the job. */
export type ResentMail = { readonly id: string; readonly to: string; readonly about: string };

/** A test of a template, which its caller sends at once. */
export type TestMail = {
  readonly templateCode: string;
  readonly toName: string;
  readonly toEmail: string;
  readonly data: unknown;
  /** The part of its Message-ID after the @. */
  readonly host: string;
};

/**
 * Writes a copy of a mail: the same data and recipient, with a Message-ID of its own. Resolves with null if the mail does
 * not exist, is still to be sent, or is about a product or variant that was deleted or hidden.
 */
export async function writeResend(pool: Pool, id: string): Promise<ResentMail | null> {
  const resent = randomUUIDv7();
  const { rows } = await pool.query<ResentMail>(
    `insert into mail (id, template_code, alert_id, notice, resend_of, to_name, to_email, data, message_id)
      select $2::uuid, template_code, alert_id, notice, id, to_name, to_email, data,
        '<' || $2::uuid || '@' || substring(message_id from '@([^>]+)>$') || '>'
      from mail where id = $1 and status in ('sent', 'failed') and not exists (
        select from stock_alert a join stock_level l on l.id = a.level_id
        where a.id = mail.alert_id and not (${inUse("l")}))
      returning id, to_email as to, coalesce((select subject from mail where id = $1), template_code) as about`,
    [id, resent],
  );
  return rows[0] ?? null;
}

/** Writes a test that is claimed already, so that no worker sends it, too. */
export async function writeTestMail(
  pool: Pool,
  mail: TestMail,
): Promise<ClaimOfMail & { readonly messageId: string }> {
  const id = randomUUIDv7();
  const messageId = `<${id}@${mail.host}>`;
  await pool.query(
    `insert into mail (id, template_code, to_name, to_email, data, message_id, status, attempts, claimed_until)
      values ($1, $2, $3, $4, $5, $6, 'sending', 1, clock_timestamp() + interval '2 minutes')`,
    [id, mail.templateCode, mail.toName, mail.toEmail, JSON.stringify(mail.data), messageId],
  );
  return { id, attempts: 1, messageId };
}
