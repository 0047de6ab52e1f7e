// Work that has waited longer than any healthy installation lets it wait. That is no fault of the books: they may
// balance while nothing gets done.

import type { Client } from "pg";
import { alertedGroup } from "../../domain/access/permissions.ts";
import { hasUntoldNews } from "../sweep/find-forgotten.ts";

/** Work of one kind that waits: how much, since when, and the first of it. */
export type Waiting = {
  readonly kind: "orders" | "alerts" | "mails";
  readonly count: number;
  readonly oldest: Date;
  /** References of orders, SKUs of alerts, recipients of mails. */
  readonly examples: readonly string[];
};

/** After this a mail that is tried again and again has used up its tries, were any made. */
const mailTriesMs = 3_600_000;

/** `$1` is the age in milliseconds from which work counts. */
const isOld = (at: string, ms = "$1::double precision") =>
  `${at} < now() - make_interval(secs => ${ms} / 1000)`;

/** Each finds the rows of its kind: what they are called, and since when they have waited. */
const kinds: Readonly<Record<Waiting["kind"], string>> = {
  orders: `select reference as name, accepted_at as since from "order"
    where status = 'pending' and ${isOld("accepted_at")}`,
  // As the sweeper has it: those with nobody to tell wait for somebody to join the group.
  alerts: `select l.sku as name, coalesce(a.escalated_at, a.opened_at) as since
    from stock_alert a join stock_level l on l.id = a.level_id
    where ${isOld("coalesce(a.escalated_at, a.opened_at)")}
      and ${hasUntoldNews(`'${alertedGroup}'`)}`,
  // A mail that the mail server did not take waits for its next try, which is as it should be.
  mails: `select to_email as name, created_at as since from mail
    where (status = 'pending' and attempts = 0 and ${isOld("created_at")})
      or (status = 'pending' and attempts > 0
        and ${isOld("created_at", `greatest($1, ${mailTriesMs})::double precision`)})
      or (status = 'sending' and ${isOld("claimed_until")})`,
};

/** Finds the kinds of work of which some has waited for longer than `olderThanMs`, in the order above. */
export async function findWaiting(client: Client, olderThanMs: number): Promise<Waiting[]> {
  const found: Waiting[] = [];
  for (const kind of ["orders", "alerts", "mails"] as const) {
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
