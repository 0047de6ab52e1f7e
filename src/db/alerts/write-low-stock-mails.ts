// Checks an alert: writes one mail row of each piece of its news for each person who is told of it.

import { randomUUIDv7 } from "node:crypto";
import type { Pool } from "pg";
import { mayBeSentAt } from "../../domain/alerting/mail-choice.ts";
import { decideNews } from "../../domain/stock/alert-news.ts";
import type { AlertState } from "../../domain/stock/stock-holder.ts";
import type { Sql } from "../sql/sql.ts";
import { inTransaction } from "../sql/transaction.ts";
import { type DueNews, markChecked, readDueNews, readTold, takeOverOldNews } from "./due-news.ts";
import { readToldPeople, type Recipient, type ToldPerson } from "./alert-people.ts";
import { type AlertStory, lockAlert, type LockedAlert, readStory } from "./low-stock-story.ts";

/** A piece of an alert's news: it opened as low or as out, or it got worse. */
export type Notice = {
  readonly state: AlertState;
  readonly unitsInStock: number;
  readonly limit: number;
  readonly at: Date;
  readonly orderReference: string | null;
  readonly orderId: string | null;
  readonly by: string | null;
  /** The units now, if they have risen above the level that this is about; else null. */
  readonly unitsSince: number | null;
};

/** A mail row that was written and waits to be sent. */
export type WrittenMail = { readonly id: string; readonly to: string };

/** A mail about an alert that was written. It waits for `delayMs` milliseconds. */
export type WrittenNewsMail = WrittenMail & { readonly delayMs: number };

/**
 * The outcome of a check. `waits`: the holder was told of often today. `snoozed`: a person does not want to hear of it now.
 * `overtaken`: units rose before it could be told.
 */
export type CheckOutcome =
  | { readonly kind: "mailed"; readonly mails: readonly WrittenNewsMail[] }
  | { readonly kind: "waits"; readonly until: Date }
  | { readonly kind: "snoozed"; readonly until: Date }
  | { readonly kind: "overtaken" }
  | { readonly kind: "nothing-new" }
  | { readonly kind: "out-of-use" }
  | { readonly kind: "no-recipients" }
  | { readonly kind: "unknown-alert" };

/** Makes the content of a mail row. A pure function of the caller, who knows the templates. */
export type ComposeMail = (
  story: AlertStory,
  notice: Notice,
  recipient: Recipient,
) => { readonly templateCode: string; readonly data: unknown; readonly messageIdHost: string };

/** How a check is done. `now` is the time that limits are counted by. */
export type CheckOptions = {
  readonly compose: ComposeMail;
  /** How long mails wait for others, in milliseconds. */
  readonly gatherMs: number;
  readonly now?: Date;
};

/**
 * Writes the mails of an alert's news, each once for each recipient, however often the check runs. News beyond the day's
 * limit wait, and those of a snoozed alert. If nobody is to be told, the alert is marked, so that it is mailed when
 * somebody joins. If the item was deleted or hidden meanwhile, no mail is written.
 */
export function writeLowStockMails(
  pool: Pool,
  alertId: string,
  { compose, gatherMs, now = new Date() }: CheckOptions,
): Promise<CheckOutcome> {
  return inTransaction(pool, async ({ sql }) => {
    const alert = await lockAlert(sql, alertId);
    if (alert === undefined) return { kind: "unknown-alert" };
    if (alert.hasOldNews) await takeOverOldNews(sql, alertId);
    const due = await readDueNews(sql, alert, now);
    if (due.length === 0) return { kind: "nothing-new" };
    if (!alert.inUse) {
      await leaveAll(sql, alertId, due, now);
      return { kind: "out-of-use" };
    }
    const { snoozedUntil } = alert;
    if (snoozedUntil !== null && snoozedUntil > now) {
      await putOff(sql, alertId, due, { now, until: snoozedUntil });
      return { kind: "snoozed", until: snoozedUntil };
    }
    const recipients = await readToldPeople(sql, alert.levelId);
    await markMissing(sql, alertId, recipients.length === 0);
    if (recipients.length === 0) return { kind: "no-recipients" };
    return tellDueNews({ sql, alert, recipients, compose, gatherMs, now }, due);
  });
}

type Telling = {
  readonly sql: Sql;
  readonly alert: LockedAlert;
  readonly recipients: readonly ToldPerson[];
  readonly compose: ComposeMail;
  readonly gatherMs: number;
  readonly now: Date;
};

/** Decides about each piece of news, oldest first, and writes the mails of those that are told. */
async function tellDueNews(telling: Telling, due: readonly DueNews[]): Promise<CheckOutcome> {
  const { sql, alert, now } = telling;
  const told = await readTold(sql, alert.levelId, now);
  const story = await readStory(sql, alert);
  const mails: WrittenNewsMail[] = [];
  let isTold = false;
  let until: Date | null = null;
  for (const news of due) {
    const { number, state, hasRecovered, waited, changedAt } = news;
    const holds = !hasRecovered && alert.state === state;
    const decision = decideNews({ holds, waited, changedAt, toldAt: told[state] }, now);
    const tells = decision.kind === "tell";
    const dueAt = decision.kind === "wait" ? decision.until : null;
    if (tells) {
      mails.push(...(await writeMails(telling, story, news)));
      told[state].push(now);
      isTold = true;
    }
    if (dueAt !== null && (until === null || dueAt < until)) until = dueAt;
    await markChecked(sql, alert.id, number, { toldAt: tells ? now : null, dueAt, now });
  }
  if (isTold) return { kind: "mailed", mails };
  return until === null ? { kind: "overtaken" } : { kind: "waits", until };
}

async function writeMails(
  { sql, alert, recipients, compose, gatherMs, now }: Telling,
  story: AlertStory,
  news: DueNews,
): Promise<WrittenNewsMail[]> {
  const { state, units, limit, at, orderReference, orderId, by, hasRecovered } = news;
  const unitsSince = hasRecovered ? alert.units : null;
  const cause = { orderReference, orderId, by };
  const notice = { state, unitsInStock: units, limit, at, ...cause, unitsSince };
  const mails: WrittenNewsMail[] = [];
  for (const { choice, ...recipient } of recipients) {
    const id = randomUUIDv7();
    const mail = compose(story, notice, recipient);
    const delayMs = mayBeSentAt(choice, now, gatherMs).getTime() - now.getTime();
    // The database's clock decides when a mail is due, and this process's may be wrong.
    const written = await sql(
      `insert into mail (id, template_code, alert_id, news, notice, to_name, to_email, data, message_id, waits_until)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9,
         clock_timestamp() + make_interval(secs => $10::double precision / 1000)) on conflict do nothing
       returning id`,
      [
        id,
        mail.templateCode,
        alert.id,
        news.number,
        state,
        recipient.name,
        recipient.email,
        JSON.stringify(mail.data),
        `<${id}@${mail.messageIdHost}>`,
        delayMs,
      ],
    );
    if (written.length === 1) mails.push({ id, to: recipient.email, delayMs });
  }
  return mails;
}

async function leaveAll(
  sql: Sql,
  alertId: string,
  due: readonly DueNews[],
  now: Date,
): Promise<void> {
  await markMissing(sql, alertId, false);
  for (const { number } of due) {
    await markChecked(sql, alertId, number, { toldAt: null, dueAt: null, now });
  }
}

/** Lets news wait until a time. */
async function putOff(
  sql: Sql,
  alertId: string,
  due: readonly DueNews[],
  { now, until }: { readonly now: Date; readonly until: Date },
): Promise<void> {
  for (const { number } of due) {
    await markChecked(sql, alertId, number, { toldAt: null, dueAt: until, now });
  }
}

async function markMissing(sql: Sql, alertId: string, isMissing: boolean): Promise<void> {
  await sql(
    "update stock_alert set recipients_missing = $2 where id = $1 and recipients_missing <> $2",
    [alertId, isMissing],
  );
}
