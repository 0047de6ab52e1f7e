// A database as it is after years, made with SQL: a product with many sales, orders of many others, alerts with
// their mails, and keys that have run out.

import type { Pool } from "pg";

/** What there is of each. */
export const grown = { sales: 40_000, alerts: 5_000, keys: 20_000, products: 5_000 };

/** Fills a database. Level 1 has all the sales, over 60 days, and a delivery after each 4,000 of them. */
export async function growStore(pool: Pool): Promise<void> {
  for (const statement of statements) await pool.query(statement);
}

/** An id of version 7 for a moment and a number. */
const idAt = (moment: string, number: string) => `(
  lpad(to_hex((extract(epoch from ${moment}) * 1000)::bigint), 12, '0') || '7000' ||
  substr('89ab', (${number} % 4)::integer + 1, 1) || lpad(to_hex(${number}), 15, '0'))::uuid`;

const soldAt = `now() - interval '60 days' + n * interval '60 days' / ${grown.sales}`;

const statements = [
  `insert into product (sku, name, type_code, enabled, track_inventory, stock_alert_threshold,
     hide_if_out_of_stock, allow_pre_order, allow_negative_stock, out_of_stock_threshold)
   select 'P-' || n, 'Product ' || n, 'goods', true, true, 5, false, false, false, 0
   from generate_series(1, ${grown.products}) n`,
  `create temp table sale as
   select n, ${soldAt} as at, ${idAt(soldAt, "n")} as id from generate_series(1, ${grown.sales}) n`,
  `insert into "order" (id, reference, fingerprint, status, requested, accepted_at, accepted_by, decided_at)
   select id, 'R-' || n, '\\x00', 'confirmed', '[[1,1]]', at, 'key', at from sale`,
  `insert into order_line select id, 0, 1, 1, 1, 1, 0, 0 from sale`,
  `insert into event (type, at, order_id) select 'order.confirmed', at, id from sale order by n`,
  `insert into event (type, data) values ('shop.productOutOfStock', '{}')`,
  `insert into movement (level_id, kind, change, units_after, order_id, actor, at)
   select 1, kind, change, sum(change) over (order by n, kind), order_id, actor, at from (
     select n, 'sale' as kind, -1 as change, id as order_id, null as actor, at from sale
     union all
     select n, 'receipt', 4000, null, 'key', at from sale where n % 4000 = 1) m
   order by n, kind`,
  `update stock_level set units = (
     select units_after from movement where level_id = 1 order by id desc limit 1) where id = 1`,
  `create temp table alert as
   select n, 1 + n % ${grown.products} as level, now() - interval '5 days' + n * interval '1 minute' as at
   from generate_series(0, ${grown.alerts * 2 - 1}) n`,
  `insert into stock_alert (id, level_id, opened_as, state, opened_at, opened_units, opened_limit,
     opened_checked_at, ended_at)
   select ${idAt("at", "n")}, level, 'low', 'low', at, 5, 5, at, case when n < ${grown.alerts} then at end
   from alert`,
  `insert into mail (id, template_code, alert_id, notice, to_name, to_email, data, message_id, status, html)
   select ${idAt("at", "n")}, 'code', ${idAt("at", "n")}, 'low', 'Name', 'name@example.com', '{}',
     'message-' || n, 'sent', repeat('html ', 100) from alert`,
  `insert into idempotent_request (actor, key, fingerprint, response, at)
   select 'key', n, '\\x00', 'null', now() - n * interval '1 second' from generate_series(1, ${grown.keys}) n`,
  `insert into admin_user (id, email, name, password_hash, enabled)
   select gen_random_uuid(), 'told@example.com', 'Told', 'none', true`,
  `insert into admin_group_member select id, 'store-managers' from admin_user`,
  "vacuum analyze",
];
