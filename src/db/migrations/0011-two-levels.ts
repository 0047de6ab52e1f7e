// The out-of-stock threshold of products and variants. It replaces `sell_below_threshold`: true is a threshold of 0. The
// old column stays, because processes of the last version read and write it during an update.

import { Migration } from "@mikro-orm/migrations";

/** Adds the threshold to products, variants and stock levels, and keeps the old column in step with it. */
export class TwoLevels extends Migration {
  override up(): void {
    this.addSql(columns);
    this.addSql(oldColumn);
    this.addSql(policySync);
    this.addSql(existingProducts);
  }
}

const columns = /* sql */ `
  alter table product
    add column out_of_stock_threshold integer
      constraint product_out_of_stock_threshold_check check (out_of_stock_threshold >= 0),
    alter column sell_below_threshold set default false;
  alter table variant
    add column out_of_stock_threshold integer
      constraint variant_out_of_stock_threshold_check check (out_of_stock_threshold >= 0);
  alter table stock_level add column out_of_stock_threshold integer;
`;

// A process of the last version writes only the old column: true then means 0, and false means no threshold. Every other
// change gives the old column the value that follows from the new one.
const oldColumn = /* sql */ `
  create function sync_sell_below_threshold() returns trigger language plpgsql as $$
  begin
    if tg_op = 'INSERT' then
      if new.sell_below_threshold and new.out_of_stock_threshold is null then
        new.out_of_stock_threshold := 0;
      end if;
    elsif new.sell_below_threshold <> old.sell_below_threshold
        and new.out_of_stock_threshold is not distinct from old.out_of_stock_threshold then
      new.out_of_stock_threshold := case when new.sell_below_threshold then 0 end;
    end if;
    new.sell_below_threshold := new.out_of_stock_threshold is not distinct from 0;
    return new;
  end $$;
  create trigger product_sell_below_threshold before insert or update on product
    for each row execute function sync_sell_below_threshold();
`;

// The same function with the new column. A variant without a threshold of its own has its product's.
const policySync = /* sql */ `
  create or replace function sync_stock_levels(product_ids integer[]) returns void language plpgsql as $$
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

    insert into stock_level as l (
      product_id, variant_id, sku, defers_to, retired, hidden, enabled, variant_required, tracked, threshold,
      out_of_stock_threshold, sell_below_threshold, allow_pre_order, allow_negative_stock)
    select p.id, v.id, v.sku, case when v.own_stock then null else base.id end,
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
      join stock_level base on base.product_id = p.id and base.variant_id is null
    where p.id = any (product_ids)
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
  end $$;
`;

// Writes the products' levels too, by the trigger. It also changes deleted products, whose levels keep their policy.
const existingProducts = /* sql */ `
  update product set out_of_stock_threshold = 0 where sell_below_threshold;
`;
