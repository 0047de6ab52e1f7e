// Writes a test of a template.

import { randomUUIDv7 } from "node:crypto";
import type { Pool } from "pg";
import { recordAct } from "../activity/record-acts.ts";
import { inTransaction } from "../sql/transaction.ts";
import type { ClaimOfMail } from "./end-attempt.ts";

/** A test of a template, which its caller sends at once. */
export type TestMail = {
  readonly templateCode: string;
  /** The name that people know the template by. */
  readonly templateName: string;
  readonly toName: string;
  readonly toEmail: string;
  readonly data: unknown;
  /** The part of its Message-ID after the @. */
  readonly host: string;
};

/** Writes a test that is claimed already, so that no worker sends it, too. */
export async function writeTestMail(
  pool: Pool,
  mail: TestMail,
): Promise<ClaimOfMail & { readonly messageId: string }> {
  const id = randomUUIDv7();
  const messageId = `<${id}@${mail.host}>`;
  const { templateCode, toName, toEmail, data } = mail;
  await inTransaction(pool, async ({ sql }) => {
    await sql(
      `insert into mail (id, template_code, to_name, to_email, data, message_id, status, attempts, claimed_until)
        values ($1, $2, $3, $4, $5, $6, 'sending', 1, clock_timestamp() + interval '2 minutes')`,
      [id, templateCode, toName, toEmail, JSON.stringify(data), messageId],
    );
    const subject = { id: templateCode, name: mail.templateName };
    await recordAct(sql, {
      kind: "template.tested",
      subject,
      before: null,
      after: { to: toEmail },
    });
  });
  return { id, attempts: 1, messageId };
}
