// Decides when mails about alerts that wait for a person go out, and whether they do so one by one or as one mail. All of
// it is one transaction, so that a killed process leaves each mail waiting, released or gathered.

import { randomUUIDv7 } from "node:crypto";
import type { Pool } from "pg";
import {
  decideGathering,
  gatherLimits,
  type GatherSettings,
} from "../../domain/alerting/gather-mails.ts";
import {
  type MailChoice,
  type MailMode,
  mayBeSentAfterSnooze,
  waitsUntil,
} from "../../domain/alerting/mail-choice.ts";
import { toChoice } from "../alerts/alert-people.ts";
import { retryTransaction } from "../sql/retry-transaction.ts";
import type { Sql } from "../sql/sql.ts";
import { inTransaction, type Transaction } from "../sql/transaction.ts";
import { switchedOff } from "./wants-none.ts";
import {
  lockWaiting,
  readChoiceOf,
  readLately,
  readWaiting,
  type WaitingMail,
} from "./waiting-mails.ts";

/**
 * What became of a mail. `free`: it does not wait any more. `waits`: look at it again then, which is in `inMs` milliseconds
 * by the database's clock. `gathered`: another mail, which is to be announced, tells its news with those of others.
 */
export type Release =
  | { readonly kind: "free" }
  | { readonly kind: "waits"; readonly until: Date; readonly inMs: number }
  | { readonly kind: "gathered"; readonly mail: GatheredMail };

/** A mail that was made of others. */
export type GatheredMail = { readonly id: string; readonly to: string; readonly count: number };

/** Makes the content of a mail that tells the news of several. A pure function of the caller, who knows the templates. */
export type ComposeGathered = (
  mails: readonly WaitingMail[],
  mode: MailMode,
) => { readonly templateCode: string; readonly data: unknown };

/** How mails are released. `now` is the time that limits are counted by; by default the database's. */
export type ReleaseOptions = GatherSettings & {
  readonly compose: ComposeGathered;
  /** Whether the content of a mail can be told together with others. One that can't goes alone, and fails alone. */
  readonly canGather: (data: unknown) => boolean;
  readonly now?: Date;
};

/**
 * Releases a mail, if it waits, with all others that wait for the same person and may go out now. It may run again, and at
 * the same time as for others of them.
 */
export function releaseMail(pool: Pool, id: string, options: ReleaseOptions): Promise<Release> {
  const attempt = async ({ sql }: Transaction): Promise<Release> => {
    const own = await lockWaiting(sql, id);
    if (own === undefined) return { kind: "free" };
    const { toEmail } = own;
    const lately = await readLately(sql, toEmail, gatherLimits.minuteMs, options.now);
    const { now } = lately;
    if (own.waitsUntil > now) return waits(own.waitsUntil, now);
    const stored = await readChoiceOf(sql, toEmail);
    const choice = stored === undefined ? undefined : toChoice(stored);
    if (choice === undefined || choice.mode === "off") {
      await cancelAll(sql, toEmail, choice === undefined ? nobodyHasIt : switchedOff);
      return { kind: "free" };
    }
    const isDaily = choice.mode === "daily";
    // Those that wait only for others belong to the same news. The mails of a day are due at times that differ a little.
    const reach = isDaily ? gatherLimits.minuteMs : options.gatherMs;
    const waiting = await readWaiting(sql, toEmail, new Date(now.getTime() + reach));
    const due = await leaveOut(sql, waiting, { choice, now, canGather: options.canGather });
    const [oldest, newest] = [due.at(0), due.at(-1)];
    // If this mail is left out, the others' own jobs decide about them and announce what becomes of them.
    if (oldest === undefined || newest === undefined || !due.some((each) => each.id === id)) {
      return becameOf(sql, id, now);
    }
    const until = waitsUntil(choice, now);
    const decision =
      until === null
        ? decideGathering(
            {
              count: due.length,
              oldestAt: oldest.createdAt,
              newestAt: newest.createdAt,
              isDaily,
              ...lately,
            },
            options,
            now,
          )
        : ({ kind: "wait", until } as const);
    if (decision.kind === "wait") {
      await setTimes(sql, due, { waitsUntil: decision.until, releasedAt: null });
    } else if (decision.kind === "each") {
      await setTimes(sql, due, { waitsUntil: null, releasedAt: now });
    } else {
      const mail = await gather(sql, due, now, options.compose(due, choice.mode));
      return { kind: "gathered", mail };
    }
    return becameOf(sql, id, now);
  };
  return retryTransaction(() => inTransaction(pool, attempt));
}

/**
 * Puts mails off whose alert is snoozed. Frees those about items that are gone, which are cancelled when claimed, and
 * those that can't be read, which fail then.
 */
async function leaveOut(
  sql: Sql,
  waiting: readonly WaitingMail[],
  {
    choice,
    now,
    canGather,
  }: Pick<ReleaseOptions, "canGather"> & { readonly choice: MailChoice; readonly now: Date },
): Promise<readonly WaitingMail[]> {
  const isAlone = ({ isGone, data }: WaitingMail) => isGone || !canGather(data);
  const alone = waiting.filter(isAlone);
  if (alone.length > 0) await setTimes(sql, alone, { waitsUntil: null, releasedAt: null });
  const due: WaitingMail[] = [];
  for (const mail of waiting.filter((each) => !isAlone(each))) {
    const { snoozedUntil } = mail;
    if (snoozedUntil === null || snoozedUntil <= now) due.push(mail);
    else {
      const until = mayBeSentAfterSnooze(choice, snoozedUntil);
      await setTimes(sql, [mail], { waitsUntil: until, releasedAt: null });
    }
  }
  return due;
}

/** Writes the mail that tells all of them, and marks them as told by it. */
async function gather(
  sql: Sql,
  due: readonly WaitingMail[],
  now: Date,
  content: ReturnType<ComposeGathered>,
): Promise<GatheredMail> {
  const [first] = due;
  if (first === undefined) throw new Error("Expected mails to gather; got none.");
  const id = randomUUIDv7();
  const host = first.messageId.slice(first.messageId.indexOf("@") + 1, -1);
  await sql(
    `insert into mail (id, template_code, to_name, to_email, data, message_id, released_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      id,
      content.templateCode,
      first.toName,
      first.toEmail,
      JSON.stringify(content.data),
      `<${id}@${host}>`,
      now,
    ],
  );
  await sql(
    `update mail set status = 'cancelled', gathered_in = $2, waits_until = null,
       last_error = 'Not sent alone: one mail tells this together with other news.'
     where id = any ($1::uuid[])`,
    [due.map((mail) => mail.id), id],
  );
  return { id, to: first.toEmail, count: due.length };
}

async function setTimes(
  sql: Sql,
  mails: readonly WaitingMail[],
  times: { readonly waitsUntil: Date | null; readonly releasedAt: Date | null },
): Promise<void> {
  await sql("update mail set waits_until = $2, released_at = $3 where id = any ($1::uuid[])", [
    mails.map(({ id }) => id),
    times.waitsUntil,
    times.releasedAt,
  ]);
}

const nobodyHasIt = "Not sent: nobody who may log in has this address any more.";

async function cancelAll(sql: Sql, toEmail: string, reason: string): Promise<void> {
  await sql(
    `update mail set status = 'cancelled', waits_until = null, last_error = $2
     where lower(to_email) = lower($1) and status = 'pending' and waits_until is not null`,
    [toEmail, reason],
  );
}

async function becameOf(sql: Sql, id: string, now: Date): Promise<Release> {
  const [own] = await sql<{ until: Date }>(
    `select waits_until as until from mail
     where id = $1 and status = 'pending' and waits_until is not null`,
    [id],
  );
  return own === undefined ? { kind: "free" } : waits(own.until, now);
}

const waits = (until: Date, now: Date): Release => ({
  kind: "waits",
  until,
  inMs: Math.max(0, until.getTime() - now.getTime()),
});
