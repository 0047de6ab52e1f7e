// What must be true of the database after any fault, once all work is done. It shares nothing with the audit of `tallyman
// audit`, so that a mistake of one is seen by the other. It expects a shop without pre-orders or variants, in
// which orders are cancelled and refunded as a whole.

import type { LabPostgres } from "./stores.ts";

/** Each query finds the rows that break the invariant. */
const queries: Readonly<Record<string, string>> = {
  "a movement leaves what was there before it and its change": `
    select level_id, id, units_after, running from (
      select *, sum(change) over (partition by level_id order by id) as running from movement) m
    where units_after <> running`,
  "a level is the sum of its movements": `
    select sku, units, sum from stock_level l left join lateral (
      select coalesce(sum(change), 0) as sum from movement where level_id = l.id) m on true
    where units <> sum`,
  "no level was ever below zero without leave": `
    select l.sku, m.id, m.units_after from movement m join stock_level l on l.id = m.level_id
    where m.units_after < 0 and not l.allow_negative_stock`,
  "a reference has one order": `
    select reference, count(*) from "order" group by reference having count(*) > 1`,
  "every order has ended": `select reference, status from "order" where status = 'pending'`,
  "a confirmed order took what it asked for, and one that was cancelled or refunded that or nothing": `
    select o.reference, o.status, asked.item, asked.quantity, taken.quantity as taken from "order" o
    cross join lateral (
      select (line ->> 0)::integer as item, sum((line ->> 1)::integer) as quantity
      from json_array_elements(o.requested) line group by 1) asked
    left join lateral (
      select -sum(m.change) as quantity from movement m join stock_level l on l.id = m.level_id
      where m.order_id = o.id and l.id = asked.item and m.kind = 'sale') taken on true
    where o.status in ('confirmed', 'cancelled', 'refunded')
      and taken.quantity is distinct from asked.quantity
      and (o.status = 'confirmed' or taken.quantity is not null)`,
  "no more units come back than were taken": `
    select order_id, level_id, sum(change) from movement where order_id is not null
    group by order_id, level_id having sum(change) > 0`,
  "an order that was rejected took nothing": `
    select o.reference, o.status from "order" o
    where o.status not in ('confirmed', 'cancelled', 'refunded')
      and exists (select from movement where order_id = o.id)`,
  "no movement is of an order that does not exist": `
    select order_id from movement m
    where order_id is not null and not exists (select from "order" where id = m.order_id)`,
  "an order has one event of its end": `
    select o.reference, o.status, count(e.id) from "order" o
    left join event e on e.order_id = o.id and e.type = 'order.' || o.status
    group by o.id having count(e.id) <> 1`,
  "an alert was opened for each fall to the threshold, and only then": `
    with step as (
      select level_id, units_after,
        lag(units_after) over (partition by level_id order by id) as before
      from movement)
    select l.sku, coalesce(fallen.count, 0) as falls, coalesce(opened.count, 0) as alerts
    from stock_level l
    left join (select level_id, count(*) from step join stock_level on stock_level.id = level_id
      where before > threshold and units_after <= threshold group by level_id) fallen
      on fallen.level_id = l.id
    left join (select level_id, count(*) from stock_alert group by level_id) opened
      on opened.level_id = l.id
    where fallen.count is distinct from opened.count`,
  "every mail has been sent, or was refused for good": `
    select to_email, status, attempts, last_error from mail where status in ('pending', 'sending')`,
  "nobody was mailed the same news twice": `
    select alert_id, news, to_email from mail where resend_of is null and alert_id is not null
    group by alert_id, news, to_email having count(*) > 1`,
  "no session is idle in a transaction": `
    select pid, query from pg_stat_activity
    where datname = current_database() and state like 'idle in transaction%'`,
};

/** One sentence for each invariant that is broken, with some of its rows. */
export async function findBroken(postgres: LabPostgres): Promise<string[]> {
  const broken: string[] = [];
  for (const [name, query] of Object.entries(queries)) {
    const rows = await postgres.sql(query);
    if (rows.length > 0) {
      broken.push(`Expected that ${name}; ${rows.length} rows break it: ${shown(rows)}.`);
    }
  }
  return broken;
}

/** The first rows, for a sentence. */
export const shown = (rows: readonly object[]): string => JSON.stringify(rows.slice(0, 3));
