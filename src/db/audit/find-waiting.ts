// Finds work that has waited longer than it does in a healthy installation. The books may balance while no work is
// done.

import type { ClientBase, Pool } from "pg";
import { mailDueAt } from "../mails/mail-due-at.ts";
import { pendingSince } from "../orders/pending-since.ts";
import { alertedGroup } from "../../domain/access/permissions.ts";
import { beforeAll, canBeTold, dueAlerts } from "../sweep/find-forgotten.ts";

/** Waiting work of one kind: how much, since when, and the oldest five. */
export type Waiting = {
  readonly kind: "orders" | "payments" | "alerts" | "mails";
  readonly count: number;
  readonly oldest: Date;
  /** References of orders and of unpaid ones, SKUs of alerts, recipients of mails. */
  readonly examples: readonly string[];
};

/** In this time a mail that fails again and again has used up its attempts, if a worker runs. In milliseconds. */
const mailTriesMs = 3_600_000;

/** A condition: `at` is older than `ms` milliseconds, by default `$1`. */
const isOld = (at: string, ms = "$1::double precision") =>
  `${at} < now() - make_interval(secs => ${ms} / 1000)`;

/** A query of each kind: the name of each waiting row, and since when it has waited. */
const kinds: Readonly<Record<Waiting["kind"], string>> = {
  orders: `select reference as name, ${pendingSince()} as since from "order"
    where status = 'pending' and ${isOld(pendingSince())}`,
  payments: `select reference as name, pay_by as since from "order"
    where pay_by is not null and paid_at is null and ${isOld("pay_by")}
      and status in ('awaiting-payment', 'pending', 'confirmed')`,
  // The sweeper's condition: alerts without a recipient rightly wait until somebody joins the group.
  alerts: `select l.sku as name, due.since from (${dueAlerts((since) => isOld(since), `'${beforeAll}'`)}) due
    join stock_alert a on a.id = due.id join stock_level l on l.id = a.level_id
    where ${canBeTold(`'${alertedGroup}'`)}`,
  // A mail that the mail server refused for now rightly waits for its next attempt.
  // So does one that a person's choice or others like it hold back.
  mails: `select to_email as name, ${mailDueAt} as since from mail
    where (status = 'pending' and attempts = 0 and ${isOld(mailDueAt)})
      or (status = 'pending' and attempts > 0
        and ${isOld(mailDueAt, `greatest($1, ${mailTriesMs})::double precision`)})
      or (status = 'sending' and ${isOld("claimed_until")})`,
};

/** Finds the kinds of work of which some has waited for more than `olderThanMs` milliseconds. */
export async function findWaiting(
  client: Pool | ClientBase,
  olderThanMs: number,
): Promise<Waiting[]> {
  const found: Waiting[] = [];
  for (const kind of ["orders", "payments", "alerts", "mails"] as const) {
    const { rows } = await client.query<{ count: number; oldest: Date; examples: string[] }>(
      `select count(*)::integer as count, min(since) as oldest,
         (array_agg(name order by since))[1:5] as examples
       from (${kinds[kind]}) waiting having count(*) > 0`,
      [olderThanMs],
    );
    const [row] = rows;
    if (row !== undefined) found.push({ kind, ...row });
  }
  return found;
}
