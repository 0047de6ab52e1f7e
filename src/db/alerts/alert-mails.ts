// Reads and stores how a person is told of alerts.

import { randomUUIDv7 } from "node:crypto";
import type { Pool } from "pg";
import { type Act, changedFacts, type Facts } from "../../domain/activity/act.ts";
import { toClock } from "../../domain/alerting/local-time.ts";
import { type MailChoice, mayBeSentAt, usualChoice } from "../../domain/alerting/mail-choice.ts";
import { recordAct } from "../activity/record-acts.ts";
import { lockWaitingTo } from "../mails/waiting-mails.ts";
import { retryTransaction } from "../sql/retry-transaction.ts";
import type { Sql } from "../sql/sql.ts";
import { sqlOn } from "../sql/sql.ts";
import { inTransaction, type Transaction } from "../sql/transaction.ts";
import { choiceColumns, type StoredChoice, toChoice } from "./alert-people.ts";

/** A person's choice, with the SKUs and the codes of product types that the person watches. */
export type StoredAlertMails = MailChoice & {
  readonly watching: readonly string[];
  readonly watchingTypes: readonly string[];
};

/** A choice to be stored. The types stay as they are if there are none here. */
export type WantedAlertMails = Omit<StoredAlertMails, "watchingTypes"> & {
  readonly watchingTypes?: readonly string[] | undefined;
};

/** Reads the choice of a person. A deleted item is not watched any more. */
export function readAlertMails(pool: Pool, userId: string): Promise<StoredAlertMails> {
  return readChoice(sqlOn(pool), userId);
}

async function readChoice(sql: Sql, userId: string): Promise<StoredAlertMails> {
  const [stored] = await sql<StoredChoice>(
    `select ${choiceColumns} from alert_choice c where c.user_id = $1`,
    [userId],
  );
  const [person] = await sql<{ timeZone: string | null }>(
    `select time_zone as "timeZone" from admin_user where id = $1`,
    [userId],
  );
  const watched = await sql<{ sku: string }>(
    `select coalesce(v.sku, p.sku) as sku from alert_watch w join product p on p.id = w.product_id
       left join variant v on v.id = w.variant_id
     where w.user_id = $1 and p.deleted_at is null and v.deleted_at is null order by sku`,
    [userId],
  );
  const unchosen = { ...usualChoice, timeZone: person?.timeZone ?? usualChoice.timeZone };
  const choice = stored === undefined ? unchosen : toChoice(withDate(stored));
  const types = await sql<{ code: string }>(
    "select type_code as code from alert_type_watch where user_id = $1 order by code",
    [userId],
  );
  return {
    ...choice,
    watching: watched.map(({ sku }) => sku),
    watchingTypes: types.map(({ code }) => code),
  };
}

/** Within an entity manager's transaction a time is read as a text. */
const withDate = (stored: StoredChoice): StoredChoice => ({
  ...stored,
  pausedUntil: stored.pausedUntil === null ? null : new Date(stored.pausedUntil),
});

/** A mail that waited and is looked at again, because its reader has chosen otherwise. */
export type MovedMail = { readonly id: string; readonly to: string };

/** The outcome of a change. `unknown`: nothing was changed, because no item has these SKUs, or no type these codes. */
export type ChoiceOutcome =
  | { readonly kind: "saved"; readonly moved: readonly MovedMail[] }
  | {
      readonly kind: "unknown";
      readonly skus: readonly string[];
      readonly types: readonly string[];
    };

/** Whose choice it is. */
type ChoosingPerson = { readonly userId: string; readonly email: string };

/** A change that somebody else than the person made. It is recorded, unless it changes nothing. */
export type ChoiceByOther = { readonly by: string; readonly subject: Act["subject"] };

/** Stores the choice that a person made in place of the last one. */
export function saveAlertMails(
  pool: Pool,
  person: ChoosingPerson,
  wanted: WantedAlertMails,
): Promise<ChoiceOutcome> {
  const attempt = ({ sql }: Transaction) => saveChoice(sql, person, wanted);
  return retryTransaction(() => inTransaction(pool, attempt));
}

/**
 * Stores a person's choice in place of the last one. Mails that wait for the person go by it from now on. `other` is given if
 * somebody else chooses. Run it again if the transaction lost against another one.
 */
export async function saveChoice(
  sql: Sql,
  person: ChoosingPerson,
  { watching, watchingTypes, ...choice }: WantedAlertMails,
  other?: ChoiceByOther,
): Promise<ChoiceOutcome> {
  const items = await sql<{ sku: string; productId: number; variantId: number | null }>(
    `select l.sku, l.product_id as "productId", l.variant_id as "variantId"
     from stock_level l where l.sku = any ($1::text[]) and not l.retired`,
    [watching],
  );
  const known = new Set(items.map(({ sku }) => sku));
  const skus = watching.filter((sku) => !known.has(sku));
  const types = await unknownTypes(sql, watchingTypes ?? []);
  if (skus.length + types.length > 0) return { kind: "unknown", skus, types };
  const before = await readChoice(sql, person.userId);
  await writeChoice(sql, { ...person, by: other?.by ?? person.email }, choice);
  await sql("delete from alert_watch where user_id = $1", [person.userId]);
  for (const { productId, variantId } of items) {
    await sql(
      `insert into alert_watch (id, user_id, product_id, variant_id) values ($1, $2, $3, $4)
       on conflict do nothing`,
      [randomUUIDv7(), person.userId, productId, variantId],
    );
  }
  if (watchingTypes !== undefined) await writeTypes(sql, person.userId, watchingTypes);
  if (other !== undefined) {
    const changed = changedFacts(factsOf(before), factsOf(await readChoice(sql, person.userId)));
    const { subject } = other;
    if (changed !== null) {
      await recordAct(sql, { kind: "person.alertMailsChanged", subject, ...changed });
    }
  }
  return { kind: "saved", moved: await moveWaiting(sql, person.email, choice) };
}

async function unknownTypes(sql: Sql, codes: readonly string[]): Promise<readonly string[]> {
  const found = await sql<{ code: string }>(
    "select code from product_type where code = any ($1::text[]) order by code for key share",
    [codes],
  );
  const known = new Set(found.map(({ code }) => code));
  return codes.filter((code) => !known.has(code));
}

async function writeTypes(sql: Sql, userId: string, codes: readonly string[]): Promise<void> {
  await sql("delete from alert_type_watch where user_id = $1", [userId]);
  await sql(
    `insert into alert_type_watch (user_id, type_code)
     select distinct $1::uuid, code from unnest($2::text[]) code`,
    [userId, codes],
  );
}

/** What the record of activity has of a choice. */
function factsOf(choice: StoredAlertMails): Facts {
  const { mode, dailyAt, quietHours, timeZone, pausedUntil, watching, watchingTypes } = choice;
  return {
    mailMode: mode,
    dailyAt: mode === "daily" ? toClock(dailyAt) : null,
    quietHours:
      quietHours === null ? null : `${toClock(quietHours.from)} to ${toClock(quietHours.until)}`,
    timeZone,
    pausedUntil: pausedUntil?.toISOString() ?? null,
    watching,
    watchingTypes,
  };
}

async function writeChoice(
  sql: Sql,
  { userId, by }: { readonly userId: string; readonly by: string },
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
      pausedUntil?.toISOString() ?? null,
      by,
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
