// Reads and stores how a person is told of alerts.

import { randomUUIDv7 } from "node:crypto";
import type { Pool } from "pg";
import { type MailChoice, mayBeSentAt, usualChoice } from "../../domain/alerting/mail-choice.ts";
import { lockWaitingTo } from "../mails/waiting-mails.ts";
import { retryTransaction } from "../sql/retry-transaction.ts";
import type { Sql } from "../sql/sql.ts";
import { sqlOn } from "../sql/sql.ts";
import { inTransaction, type Transaction } from "../sql/transaction.ts";
import { choiceColumns, type StoredChoice, toChoice } from "./alert-people.ts";

/** A person's choice, with the SKUs that the person watches. */
export type StoredAlertMails = MailChoice & { readonly watching: readonly string[] };

/** Reads the choice of a person. A deleted item is not watched any more. */
export async function readAlertMails(pool: Pool, userId: string): Promise<StoredAlertMails> {
  const sql = sqlOn(pool);
  const [stored] = await sql<StoredChoice>(
    `select ${choiceColumns} from alert_choice c where c.user_id = $1`,
    [userId],
  );
  const watched = await sql<{ sku: string }>(
    `select coalesce(v.sku, p.sku) as sku from alert_watch w join product p on p.id = w.product_id
       left join variant v on v.id = w.variant_id
     where w.user_id = $1 and p.deleted_at is null and v.deleted_at is null order by sku`,
    [userId],
  );
  const choice = stored === undefined ? usualChoice : toChoice(stored);
  return { ...choice, watching: watched.map(({ sku }) => sku) };
}

/** A mail that waited and is looked at again, because its reader has chosen otherwise. */
export type MovedMail = { readonly id: string; readonly to: string };

/** The outcome of a change. `unknown-skus`: nothing was changed, because no item has these. */
export type ChoiceOutcome =
  | { readonly kind: "saved"; readonly moved: readonly MovedMail[] }
  | { readonly kind: "unknown-skus"; readonly skus: readonly string[] };

/** Stores a person's choice in place of the last one. Mails that wait for the person go by it from now on. */
export function saveAlertMails(
  pool: Pool,
  person: { readonly userId: string; readonly email: string },
  { watching, ...choice }: StoredAlertMails,
): Promise<ChoiceOutcome> {
  const attempt = async ({ sql }: Transaction): Promise<ChoiceOutcome> => {
    const items = await sql<{ sku: string; productId: number; variantId: number | null }>(
      `select l.sku, l.product_id as "productId", l.variant_id as "variantId"
       from stock_level l where l.sku = any ($1::text[]) and not l.retired`,
      [watching],
    );
    const known = new Set(items.map(({ sku }) => sku));
    const skus = watching.filter((sku) => !known.has(sku));
    if (skus.length > 0) return { kind: "unknown-skus", skus };
    await writeChoice(sql, person, choice);
    await sql("delete from alert_watch where user_id = $1", [person.userId]);
    for (const { productId, variantId } of items) {
      await sql(
        `insert into alert_watch (id, user_id, product_id, variant_id) values ($1, $2, $3, $4)
         on conflict do nothing`,
        [randomUUIDv7(), person.userId, productId, variantId],
      );
    }
    return { kind: "saved", moved: await moveWaiting(sql, person.email, choice) };
  };
  return retryTransaction(() => inTransaction(pool, attempt));
}

async function writeChoice(
  sql: Sql,
  { userId, email }: { readonly userId: string; readonly email: string },
  { mode, dailyAt, quietHours, timeZone, pausedUntil }: MailChoice,
): Promise<void> {
  await sql(
    `insert into alert_choice as c (user_id, mode, daily_at, quiet_from, quiet_until, time_zone, paused_until,
       updated_by) values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (user_id) do update set mode = excluded.mode, daily_at = excluded.daily_at,
       quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until, time_zone = excluded.time_zone,
       paused_until = excluded.paused_until, updated_at = now(), updated_by = excluded.updated_by`,
    [
      userId,
      mode,
      dailyAt,
      quietHours?.from ?? null,
      quietHours?.until ?? null,
      timeZone,
      pausedUntil,
      email,
    ],
  );
}

/** Lets the mails that wait for an address wait as its reader wants it now. */
async function moveWaiting(
  sql: Sql,
  email: string,
  choice: MailChoice,
): Promise<readonly MovedMail[]> {
  await lockWaitingTo(sql, email);
  const now = new Date();
  const delayMs = mayBeSentAt(choice, now, 0).getTime() - now.getTime();
  return sql<MovedMail>(
    `update mail set waits_until = clock_timestamp() + make_interval(secs => $2::double precision / 1000)
     where id in (select id from mail
       where lower(to_email) = lower($1) and status = 'pending' and waits_until is not null
       order by id for no key update)
     returning id, to_email as "to"`,
    [email, delayMs],
  );
}
