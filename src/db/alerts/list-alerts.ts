// Lists alerts, newest first, with what a person needs to act on one: the mails that were sent, and how fast the item
// sells.

import type { Pool } from "pg";
import { incomingOf, type StoredIncoming } from "../receiving/incoming.ts";
import { ledgerSince, soldSince } from "../stock/ledger-since.ts";
import type { MailEntry } from "../mails/read-mails.ts";

/** The order or the person that opened or escalated an alert. */
export type AlertCause = {
  readonly order: { readonly id: string; readonly reference: string } | null;
  readonly actor: string | null;
};

/** A piece of an alert's news, as it is stored. Times are RFC 3339. */
export type StoredNews = {
  readonly number: number;
  readonly state: "low" | "out";
  readonly at: string;
  readonly unitsInStock: number;
  readonly limit: number;
  readonly by: AlertCause;
  readonly recoveredAt: string | null;
  readonly mailing: "due" | "waiting" | "mailed" | "shown-only" | "not-mailed";
};

/** An alert as it is stored, with its product, news, mails and recent sales. */
export type StoredAlert = {
  readonly id: string;
  readonly sku: string;
  readonly product: { readonly sku: string; readonly name: string };
  readonly variant: { readonly sku: string; readonly name: string } | null;
  readonly state: "low" | "out";
  readonly openedAs: "low" | "out";
  readonly openedAt: Date;
  readonly escalatedAt: Date | null;
  readonly endedAt: Date | null;
  readonly unitsAtOpening: number;
  readonly limitAtOpening: number;
  readonly openedBy: AlertCause;
  readonly escalatedBy: AlertCause | null;
  readonly unitsInStock: number;
  readonly unitsSoldLast7Days: number;
  readonly incoming: StoredIncoming | null;
  readonly acknowledgedAt: Date | null;
  readonly acknowledgedBy: string | null;
  readonly note: string | null;
  /** Empty once it is over. */
  readonly snoozedUntil: Date | null;
  readonly snoozedBy: string | null;
  readonly recipientsMissing: boolean;
  readonly news: readonly StoredNews[];
  readonly mails: readonly {
    readonly id: string;
    readonly news: number | null;
    readonly to: string;
    readonly notice: "low" | "out" | null;
    readonly status: MailEntry["status"];
    readonly sentAt: string | null;
    readonly waitsUntil: string | null;
  }[];
};

/** The alerts of a page. `before` is the id that the page starts after. */
export type AlertSelection = {
  readonly status: "open" | "ended" | undefined;
  readonly sku: string | undefined;
  readonly state?: "low" | "out" | undefined;
  /** Only this alert. */
  readonly id?: string | undefined;
  readonly before: string | undefined;
  readonly limit: number;
};

/** Reads up to `limit` alerts. A variant without units of its own has its product's alerts. */
export async function listAlerts(pool: Pool, selection: AlertSelection): Promise<StoredAlert[]> {
  const values: unknown[] = [selection.limit];
  const where = conditions(selection, (value) => `$${values.push(value)}`);
  const { rows } = await pool.query<StoredAlert>(
    `with recursive page as (
       select * from stock_alert a ${where.length > 0 ? `where ${where.join(" and ")}` : ""}
       order by a.id desc limit $1
     ),
     ${ledgerSince("select distinct level_id, now() - interval '7 days' from page")},
     sold as (${soldSince})
     select a.id, l.sku, a.state, a.opened_as as "openedAs", a.opened_at as "openedAt",
       a.escalated_at as "escalatedAt", a.ended_at as "endedAt", a.opened_units as "unitsAtOpening",
       a.opened_limit as "limitAtOpening", a.recipients_missing as "recipientsMissing",
       a.acknowledged_at as "acknowledgedAt", a.acknowledged_by as "acknowledgedBy", a.note,
       case when a.snoozed_until > now() then a.snoozed_until end as "snoozedUntil", a.snoozed_by as "snoozedBy",
       l.units as "unitsInStock", sold.units as "unitsSoldLast7Days",
       ${incomingOf("l")} as incoming,
       json_build_object('sku', p.sku, 'name', p.name) as product,
       case when v.id is not null then json_build_object('sku', v.sku, 'name', v.name) end as variant,
       ${causeOf("a.opened_by", "a.opened_order_id")} as "openedBy",
       case when a.escalated_at is not null then ${causeOf("a.escalated_by", "a.escalated_order_id")} end as "escalatedBy",
       coalesce((select json_agg(json_build_object('number', n.number, 'state', n.state, 'at', n.at,
           'unitsInStock', n.units, 'limit', n.unit_limit, 'recoveredAt', n.recovered_at,
           'by', ${causeOf("n.actor", "n.order_id")}, 'mailing', ${mailing}) order by n.number)
         from alert_news n where n.alert_id = a.id), '[]') as news,
       coalesce((select json_agg(json_build_object('id', s.id, 'news', m.news, 'to', m.to_email, 'notice', m.notice,
           'status', s.status, 'sentAt', s.sent_at, 'waitsUntil', m.waits_until) order by m.id)
         from mail m join mail s on s.id = coalesce(m.gathered_in, m.id)
         where m.alert_id = a.id), '[]') as mails
     from page a join stock_level l on l.id = a.level_id join product p on p.id = l.product_id
       left join variant v on v.id = l.variant_id join sold on sold.level_id = l.id
     order by a.id desc`,
    values,
  );
  return rows;
}

/** The conditions of the page's alerts. Each has an index. */
function conditions(
  { status, state, sku, id, before }: AlertSelection,
  place: (value: string) => string,
): string[] {
  const where: string[] = [];
  if (status !== undefined) where.push(`a.ended_at is ${status === "open" ? "" : "not "}null`);
  if (state !== undefined) where.push(`a.state = ${place(state)}`);
  if (id !== undefined) where.push(`a.id = ${place(id)}`);
  if (before !== undefined) where.push(`a.id < ${place(before)}`);
  if (sku !== undefined) {
    where.push(`a.level_id = any (array (
      select case when l.retired then l.id else coalesce(l.defers_to, l.id) end
      from stock_level l where l.sku = ${place(sku)}))`);
  }
  return where;
}

const causeOf = (actor: string, orderId: string) => `json_build_object('actor', ${actor}, 'order', (
  select json_build_object('id', o.id, 'reference', o.reference) from "order" o where o.id = ${orderId}))`;

const mailing = `case when n.quiet then 'shown-only' when n.told_at is not null then 'mailed'
  when n.due_at is null then 'not-mailed' when n.checked_at is null then 'due' else 'waiting' end`;
