// The plans of the triggers that keep stock levels and their policies.

import { Migration } from "@mikro-orm/migrations";

/**
 * A connection keeps the plans of a function. Those made while a store is nearly empty read whole tables, so that each
 * product of a first import takes longer than the one before. Now both functions find all rows by keys. The one of the
 * levels does what it did before, but starts at the variants, and ends early if there are none.
 */
export class PlansOfTriggers extends Migration {
  override up(): void {
    this.addSql(syncStockLevels);
    this.addSql("alter function record_stock_policies(integer[]) set enable_seqscan = off");
  }
}

const syncStockLevels = /* sql */ `
  create or replace function sync_stock_levels(product_ids integer[]) returns void language plpgsql
  set enable_seqscan = off as $$
  begin
    perform from stock_level where product_id = any (product_ids) order by id for no key update;

    insert into stock_level as l (
      product_id, variant_id, sku, defers_to, retired, enabled, variant_required, tracked, threshold,
      out_of_stock_threshold, sell_below_threshold, allow_pre_order, allow_negative_stock)
    select p.id, null, p.sku, null, p.deleted_at is not null, p.enabled,
      t.has_variants and exists (
        select from variant v where v.product_id = p.id and v.deleted_at is null),
      t.has_inventory and p.track_inventory, p.stock_alert_threshold,
      p.out_of_stock_threshold, p.out_of_stock_threshold is not distinct from 0,
      p.allow_pre_order, p.allow_negative_stock
    from product p join product_type t on t.code = p.type_code
    where p.id = any (product_ids)
    order by p.id
    on conflict (product_id) where variant_id is null do update set
      sku = excluded.sku, retired = excluded.retired,
      retired_after = case when excluded.retired then (
        select coalesce(max(m.id), 0) from movement m where m.level_id = l.id) end,
      enabled = excluded.enabled,
      variant_required = excluded.variant_required, tracked = excluded.tracked,
      threshold = excluded.threshold, out_of_stock_threshold = excluded.out_of_stock_threshold,
      sell_below_threshold = excluded.sell_below_threshold,
      allow_pre_order = excluded.allow_pre_order, allow_negative_stock = excluded.allow_negative_stock
    where not (l.retired and excluded.retired)
      and (l.sku, l.retired, l.enabled, l.variant_required, l.tracked, l.threshold,
        l.out_of_stock_threshold, l.sell_below_threshold, l.allow_pre_order, l.allow_negative_stock)
      is distinct from (excluded.sku, excluded.retired, excluded.enabled, excluded.variant_required,
        excluded.tracked, excluded.threshold, excluded.out_of_stock_threshold,
        excluded.sell_below_threshold, excluded.allow_pre_order, excluded.allow_negative_stock);

    if not exists (select from variant where product_id = any (product_ids)) then return; end if;

    insert into stock_level as l (
      product_id, variant_id, sku, defers_to, retired, hidden, enabled, variant_required, tracked, threshold,
      out_of_stock_threshold, sell_below_threshold, allow_pre_order, allow_negative_stock)
    select p.id, v.id, v.sku, case when not v.own_stock then (
        select base.id from stock_level base where base.product_id = p.id and base.variant_id is null) end,
      p.deleted_at is not null or v.deleted_at is not null,
      not t.has_variants,
      p.enabled and v.enabled and t.has_variants, false,
      t.has_inventory and p.track_inventory,
      coalesce(v.stock_alert_threshold, p.stock_alert_threshold),
      coalesce(v.out_of_stock_threshold, p.out_of_stock_threshold),
      coalesce(v.out_of_stock_threshold, p.out_of_stock_threshold) is not distinct from 0,
      p.allow_pre_order, p.allow_negative_stock
    from variant v
      join product p on p.id = v.product_id
      join product_type t on t.code = p.type_code
    where v.product_id = any (product_ids)
    order by p.id, v.id
    on conflict (variant_id) where variant_id is not null do update set
      sku = excluded.sku, defers_to = excluded.defers_to, retired = excluded.retired,
      retired_after = case when excluded.retired then (
        select coalesce(max(m.id), 0) from movement m where m.level_id = l.id) end,
      hidden = excluded.hidden,
      enabled = excluded.enabled, tracked = excluded.tracked, threshold = excluded.threshold,
      out_of_stock_threshold = excluded.out_of_stock_threshold,
      sell_below_threshold = excluded.sell_below_threshold,
      allow_pre_order = excluded.allow_pre_order, allow_negative_stock = excluded.allow_negative_stock
    where not (l.retired and excluded.retired)
      and (l.sku, l.defers_to, l.retired, l.hidden, l.enabled, l.tracked, l.threshold,
        l.out_of_stock_threshold, l.sell_below_threshold, l.allow_pre_order, l.allow_negative_stock)
      is distinct from (excluded.sku, excluded.defers_to, excluded.retired, excluded.hidden, excluded.enabled,
        excluded.tracked, excluded.threshold, excluded.out_of_stock_threshold,
        excluded.sell_below_threshold, excluded.allow_pre_order, excluded.allow_negative_stock);
  end $$`;
