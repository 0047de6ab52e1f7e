// Marks levels that are out of use: those of deleted items, and of variants whose type no longer has variants. The
// level also gets the end of its ledger. No alert or mail is written about it any more.

import { Migration } from "@mikro-orm/migrations";

/** Marks hidden levels and the end of retired ledgers, and ends their open alerts and mails. */
export class LevelsInUse extends Migration {
  override up(): void {
    this.addSql(columns);
    this.addSql(policySync);
    this.addSql(existingLevels);
    this.addSql(mails);
  }
}

const columns = /* sql */ `
  alter table stock_level add column hidden boolean not null default false, add column retired_after bigint;
`;

// The same function with both new columns. When a level is retired, it gets the id of the last movement of its ledger:
// every later one would change a count that nobody sees. Ids are safer for that than times, because a clock can be set
// back.
const policySync = /* sql */ `
  create or replace function sync_stock_levels(product_ids integer[]) returns void language plpgsql as $$
  begin
    perform from stock_level where product_id = any (product_ids) order by id for no key update;

    insert into stock_level as l (
      product_id, variant_id, sku, defers_to, retired, enabled, variant_required, tracked, threshold,
      sell_below_threshold, allow_pre_order, allow_negative_stock)
    select p.id, null, p.sku, null, p.deleted_at is not null, p.enabled,
      t.has_variants and exists (
        select from variant v where v.product_id = p.id and v.deleted_at is null),
      t.has_inventory and p.track_inventory, p.stock_alert_threshold,
      p.sell_below_threshold, p.allow_pre_order, p.allow_negative_stock
    from product p join product_type t on t.code = p.type_code
    where p.id = any (product_ids)
    order by p.id
    on conflict (product_id) where variant_id is null do update set
      sku = excluded.sku, retired = excluded.retired,
      retired_after = case when excluded.retired then (
        select coalesce(max(m.id), 0) from movement m where m.level_id = l.id) end,
      enabled = excluded.enabled,
      variant_required = excluded.variant_required, tracked = excluded.tracked,
      threshold = excluded.threshold, sell_below_threshold = excluded.sell_below_threshold,
      allow_pre_order = excluded.allow_pre_order, allow_negative_stock = excluded.allow_negative_stock
    where not (l.retired and excluded.retired)
      and (l.sku, l.retired, l.enabled, l.variant_required, l.tracked, l.threshold,
        l.sell_below_threshold, l.allow_pre_order, l.allow_negative_stock)
      is distinct from (excluded.sku, excluded.retired, excluded.enabled, excluded.variant_required,
        excluded.tracked, excluded.threshold, excluded.sell_below_threshold,
        excluded.allow_pre_order, excluded.allow_negative_stock);

    insert into stock_level as l (
      product_id, variant_id, sku, defers_to, retired, hidden, enabled, variant_required, tracked, threshold,
      sell_below_threshold, allow_pre_order, allow_negative_stock)
    select p.id, v.id, v.sku, case when v.own_stock then null else base.id end,
      p.deleted_at is not null or v.deleted_at is not null,
      not t.has_variants,
      p.enabled and v.enabled and t.has_variants, false,
      t.has_inventory and p.track_inventory,
      coalesce(v.stock_alert_threshold, p.stock_alert_threshold),
      p.sell_below_threshold, p.allow_pre_order, p.allow_negative_stock
    from variant v
      join product p on p.id = v.product_id
      join product_type t on t.code = p.type_code
      join stock_level base on base.product_id = p.id and base.variant_id is null
    where p.id = any (product_ids)
    order by p.id, v.id
    on conflict (variant_id) where variant_id is not null do update set
      sku = excluded.sku, defers_to = excluded.defers_to, retired = excluded.retired,
      retired_after = case when excluded.retired then (
        select coalesce(max(m.id), 0) from movement m where m.level_id = l.id) end,
      hidden = excluded.hidden,
      enabled = excluded.enabled, tracked = excluded.tracked, threshold = excluded.threshold,
      sell_below_threshold = excluded.sell_below_threshold,
      allow_pre_order = excluded.allow_pre_order, allow_negative_stock = excluded.allow_negative_stock
    where not (l.retired and excluded.retired)
      and (l.sku, l.defers_to, l.retired, l.hidden, l.enabled, l.tracked, l.threshold,
        l.sell_below_threshold, l.allow_pre_order, l.allow_negative_stock)
      is distinct from (excluded.sku, excluded.defers_to, excluded.retired, excluded.hidden, excluded.enabled,
        excluded.tracked, excluded.threshold, excluded.sell_below_threshold,
        excluded.allow_pre_order, excluded.allow_negative_stock);
  end $$;
`;

// Earlier movements of retired levels can't be undone, so their ledgers end with the latest movement.
const existingLevels = /* sql */ `
  update stock_level l set hidden = true
    from product p join product_type t on t.code = p.type_code
    where p.id = l.product_id and l.variant_id is not null and not t.has_variants and not l.retired;
  update stock_level l set retired_after = (
      select coalesce(max(m.id), 0) from movement m where m.level_id = l.id)
    where l.retired;
  update stock_alert a set ended_at = clock_timestamp() from stock_level l
    where l.id = a.level_id and a.ended_at is null
      and (l.retired or l.hidden or l.defers_to is not null);
  update stock_level set alert_state = null
    where alert_state is not null and (retired or hidden or defers_to is not null);
`;

// If a mail is never sent because its item is gone, it has not failed: nobody needs to look at it.
const mails = /* sql */ `
  alter table mail drop constraint mail_status_check,
    add constraint mail_status_check check (status in ('pending', 'sending', 'sent', 'failed', 'cancelled'));
`;
