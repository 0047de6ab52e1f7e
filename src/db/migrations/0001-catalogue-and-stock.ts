// The catalogue and the stock levels. A stock level has in one row all that the hot path needs to know about an SKU:
// its count and a copy of its policy. The database itself updates that copy when a product type, product or variant is
// written.

import { Migration } from "@mikro-orm/migrations";

/** Creates the catalogue, the stock levels and the ledger, with the rules the database enforces. */
export class CatalogueAndStock extends Migration {
  override up(): void {
    this.addSql(catalogue);
    this.addSql(stockLevels);
    this.addSql(policySync);
    this.addSql(ledger);
    this.addSql(firstProductTypes);
  }
}

const catalogue = /* sql */ `
  create table product_type (
    code text primary key,
    name text not null,
    has_inventory boolean not null,
    has_variants boolean not null,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  );

  create table product (
    id integer generated always as identity primary key,
    sku text not null,
    name text not null,
    type_code text not null references product_type (code),
    enabled boolean not null,
    track_inventory boolean not null,
    stock_alert_threshold integer,
    hide_if_out_of_stock boolean not null,
    allow_pre_order boolean not null,
    allow_negative_stock boolean not null,
    sell_below_threshold boolean not null,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    deleted_at timestamptz
  );
  create index product_type_code on product (type_code);
  create index product_sku on product (sku);

  create table variant (
    id integer generated always as identity primary key,
    product_id integer not null references product (id),
    sku text not null,
    name text not null,
    options jsonb not null,
    position integer not null,
    enabled boolean not null,
    own_stock boolean not null,
    stock_alert_threshold integer,
    deleted_at timestamptz
  );
  create index variant_product_id on variant (product_id);
`;

// fillfactor leaves room for the new version of a row beside the old one. A sale changes no indexed column, so the
// update stays on its page and writes to no index.
const stockLevels = /* sql */ `
  create table stock_level (
    id integer generated always as identity primary key,
    product_id integer not null references product (id),
    variant_id integer references variant (id),
    sku text not null,
    units bigint not null default 0,
    alert_state text check (alert_state in ('low', 'out')),
    defers_to integer references stock_level (id),
    retired boolean not null,
    enabled boolean not null,
    variant_required boolean not null,
    tracked boolean not null,
    threshold integer,
    sell_below_threshold boolean not null,
    allow_pre_order boolean not null,
    allow_negative_stock boolean not null,
    constraint stock_level_not_below_zero check (units >= 0 or allow_negative_stock)
  ) with (fillfactor = 50);
  create unique index stock_level_sku on stock_level (sku) where not retired;
  create unique index stock_level_product on stock_level (product_id) where variant_id is null;
  create unique index stock_level_variant on stock_level (variant_id) where variant_id is not null;
  create index stock_level_of_product on stock_level (product_id);
`;

// The levels are locked in ascending id before anything is written, as batches lock them. If they were written product
// by product, they would be locked in another order and could deadlock with a batch. A level that stays retired keeps
// its policy. If a retired level below zero followed its product, negative stock could never be forbidden again,
// because nobody can correct the count of a deleted item.
const policySync = /* sql */ `
  create function sync_stock_levels(product_ids integer[]) returns void language plpgsql as $$
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
      sku = excluded.sku, retired = excluded.retired, enabled = excluded.enabled,
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
      product_id, variant_id, sku, defers_to, retired, enabled, variant_required, tracked, threshold,
      sell_below_threshold, allow_pre_order, allow_negative_stock)
    select p.id, v.id, v.sku, case when v.own_stock then null else base.id end,
      p.deleted_at is not null or v.deleted_at is not null,
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
      enabled = excluded.enabled, tracked = excluded.tracked, threshold = excluded.threshold,
      sell_below_threshold = excluded.sell_below_threshold,
      allow_pre_order = excluded.allow_pre_order, allow_negative_stock = excluded.allow_negative_stock
    where not (l.retired and excluded.retired)
      and (l.sku, l.defers_to, l.retired, l.enabled, l.tracked, l.threshold,
        l.sell_below_threshold, l.allow_pre_order, l.allow_negative_stock)
      is distinct from (excluded.sku, excluded.defers_to, excluded.retired, excluded.enabled,
        excluded.tracked, excluded.threshold, excluded.sell_below_threshold,
        excluded.allow_pre_order, excluded.allow_negative_stock);
  end $$;

  create function sync_stock_levels_of_products() returns trigger language plpgsql as $$
  begin
    perform sync_stock_levels(array (select distinct id from changed order by id));
    return null;
  end $$;
  create function sync_stock_levels_of_variants() returns trigger language plpgsql as $$
  begin
    perform sync_stock_levels(array (select distinct product_id from changed order by product_id));
    return null;
  end $$;
  create function sync_stock_levels_of_types() returns trigger language plpgsql as $$
  begin
    perform sync_stock_levels(array (
      select id from product where type_code in (select code from changed) order by id));
    return null;
  end $$;

  create trigger product_inserted after insert on product referencing new table as changed
    for each statement execute function sync_stock_levels_of_products();
  create trigger product_updated after update on product referencing new table as changed
    for each statement execute function sync_stock_levels_of_products();
  create trigger variant_inserted after insert on variant referencing new table as changed
    for each statement execute function sync_stock_levels_of_variants();
  create trigger variant_updated after update on variant referencing new table as changed
    for each statement execute function sync_stock_levels_of_variants();
  create trigger product_type_updated after update on product_type referencing new table as changed
    for each statement execute function sync_stock_levels_of_types();
`;

// The ledger has no foreign keys, because each would be checked for each row of each sale. The statement that writes
// sales has just locked the level and the order, and neither is ever deleted.
const ledger = /* sql */ `
  create table movement (
    level_id integer not null,
    id bigint generated always as identity,
    kind text not null check (kind in ('sale', 'restock', 'adjustment', 'receipt', 'import')),
    change bigint not null check (change <> 0),
    units_after bigint not null,
    order_id uuid,
    actor text,
    note text,
    at timestamptz not null default clock_timestamp(),
    primary key (level_id, id),
    constraint movement_has_its_order check ((kind in ('sale', 'restock')) = (order_id is not null))
  );
  create unique index movement_one_sale on movement (order_id, level_id) where kind = 'sale';
  create index movement_restock on movement (order_id) where kind = 'restock';

  create function refuse_ledger_change() returns trigger language plpgsql as $$
  begin
    raise exception 'The ledger is immutable: a movement is never changed or deleted. Write a new one that corrects it.'
      using errcode = 'restrict_violation';
  end $$;
  create trigger movement_immutable before update or delete on movement
    for each row execute function refuse_ledger_change();
  create trigger movement_not_truncated before truncate on movement
    for each statement execute function refuse_ledger_change();
`;

const firstProductTypes = /* sql */ `
  insert into product_type (code, name, has_inventory, has_variants) values
    ('goods', 'Goods', true, true),
    ('service', 'Service', false, false),
    ('downloadable', 'Downloadable', false, true);
`;
