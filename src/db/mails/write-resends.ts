// Writes mails again that were sent or have failed: chosen ones, or all failed ones that are still to be sent again.

import { randomUUIDv7 } from "node:crypto";
import type { Pool } from "pg";
import * as z from "zod";
import { type IdempotencyClaim, onceOnly } from "../idempotency.ts";
import { recordActs } from "../activity/record-acts.ts";
import type { Sql } from "../sql/sql.ts";
import { inTransaction } from "../sql/transaction.ts";
import { inUse } from "../stock/in-use.ts";
import { failedMails } from "./failed-mails.ts";

/**
 * A copy of the mail `of`, to be announced. `about` is its subject, or the template's code: operators see it at the job.
 */
export type ResentMail = {
  readonly id: string;
  readonly of: string;
  readonly to: string;
  readonly about: string;
};

/** What became of a request to send mails again. */
export type Resent = {
  /** The mails of the request, as their ids came; if it named none, those that were found. */
  readonly asked: readonly string[];
  /** Those that were written again. The others may not be: see `writeResend`. */
  readonly resent: readonly ResentMail[];
  /** Failed mails that are still to be sent again. */
  readonly left: number;
};

const resentSchema = z.object({
  asked: z.array(z.string()),
  resent: z.array(z.object({ id: z.string(), of: z.string(), to: z.string(), about: z.string() })),
  left: z.number(),
});

/**
 * Writes a copy of a mail: the same data and recipient, with a Message-ID of its own. Resolves with null if the mail does
 * not exist, is still to be sent, or is about a product or variant that was deleted or hidden.
 */
export async function writeResend(pool: Pool, id: string): Promise<ResentMail | null> {
  const [resent] = await inTransaction(pool, ({ sql }) => writeCopies(sql, [id]));
  return resent ?? null;
}

/**
 * Writes copies of these mails; of the oldest failed ones that are still to be sent again, at most `max`, if `ids` is
 * undefined. Two such requests at once write each copy once. Resolves with "key-reused" if the claim belongs to another
 * request.
 */
export async function writeResends(
  pool: Pool,
  request: { readonly ids: readonly string[] | undefined; readonly max: number },
  claim: IdempotencyClaim | undefined,
): Promise<Resent | "key-reused"> {
  return inTransaction(pool, ({ sql }) =>
    onceOnly(sql, claim, resentSchema, async () => {
      const asked = request.ids ?? (await lockFailed(sql, request.max));
      return { asked: [...asked], resent: await writeCopies(sql, asked), left: await count(sql) };
    }),
  );
}

/**
 * Locks the failed mails to be sent again. Who waited for the lock looks again afterwards, by a statement of its own,
 * since the first may have written their copies.
 */
async function lockFailed(sql: Sql, max: number): Promise<readonly string[]> {
  const found = await sql<{ id: string }>(
    `select id from mail where id in (${failedMails}) order by id limit $1 for no key update`,
    [max],
  );
  const ids = found.map(({ id }) => id);
  const left = await sql<{ id: string }>(
    `select id from (${failedMails}) failed where id = any ($1) order by id`,
    [ids],
  );
  return left.map(({ id }) => id);
}

async function count(sql: Sql): Promise<number> {
  const [counted] = await sql<{ left: number }>(
    `select count(*)::integer as left from (${failedMails}) failed`,
  );
  return counted?.left ?? 0;
}

async function writeCopies(sql: Sql, ids: readonly string[]): Promise<ResentMail[]> {
  const copies = ids.map(() => randomUUIDv7());
  const written = await sql<ResentMail>(
    `insert into mail (id, template_code, alert_id, notice, resend_of, password_request_id, to_name, to_email, data, message_id)
      select copy.id, m.template_code, m.alert_id, m.notice, m.id, m.password_request_id, m.to_name, m.to_email, m.data,
        '<' || copy.id || '@' || substring(m.message_id from '@([^>]+)>$') || '>'
      from unnest($1::uuid[], $2::uuid[]) copy(of, id) join mail m on m.id = copy.of
      where m.status in ('sent', 'failed') and not exists (
        select from stock_alert a join stock_level l on l.id = a.level_id
        where a.id = m.alert_id and not (${inUse("l")}))
      returning id, resend_of as "of", to_email as "to",
        coalesce((select subject from mail m where m.id = mail.resend_of), template_code) as about`,
    [ids, copies],
  );
  await recordActs(
    sql,
    written.map(({ of, to, about }) => ({
      kind: "mail.resent",
      subject: { id: of, name: about },
      before: null,
      after: { to },
    })),
  );
  return [...written];
}
