// What audits need: a history of the levels at which each count was low, their own outcomes, what was repaired, and an
// index of the movements that belong to orders and are neither sales nor restocks.

import { Migration } from "@mikro-orm/migrations";

/**
 * Creates the tables and the index. Begins the history with the levels that are in force now. The index is created concurrently, so that it blocks no writer
 * of the ledger. That is not possible in a transaction, so each statement may run again after an interruption.
 */
export class Audit extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override up(): void {
    this.addSql(runs);
    this.addSql(repairs);
    this.addSql(policies);
    this.addSql(policyOfLevel);
    this.addSql(recordPolicies);
    for (const [table, products] of Object.entries(triggers)) {
      this.addSql(triggerFunction(table, products));
      for (const event of ["insert", "update"]) this.addSql(trigger(table, event));
    }
    this.addSql(endOfEdit);
    this.addSql(existingLevels);
    // An index whose creation was interrupted exists, but PostgreSQL does not use it.
    this.addSql("drop index concurrently if exists movement_served");
    this.addSql(/* sql */ `create index concurrently movement_served on movement (order_id)
      where kind in ('allocation', 'release')`);
  }
}

// A place is there only if the books held and every transaction before it had ended. The next audit may begin there.
const runs = /* sql */ `
  create table if not exists audit_run (
    id bigint generated always as identity primary key,
    started_at timestamptz not null,
    ended_at timestamptz not null,
    since timestamptz,
    held boolean not null,
    faults json not null,
    place_cluster text,
    place_transaction xid8,
    place_movement bigint,
    constraint audit_run_place_is_whole check (
      num_nulls(place_cluster, place_transaction, place_movement) in (0, 3)),
    constraint audit_run_place_held check (held or place_cluster is null)
  )`;

const repairs = /* sql */ `
  create table if not exists audit_repair (
    id bigint generated always as identity primary key,
    at timestamptz not null default clock_timestamp(),
    actor text not null,
    kind text not null,
    level_id integer not null,
    said text not null
  )`;

// From when on a count is low at `low_at` units or fewer, and out at `out_at` or fewer. An edit may also move units, in
// the same transaction. Its movements are those with ids after `begins_after`, up to `ends_with`, and its alerts are
// settled once for all of them. The id is one of the ledger's, so that it has its place among them.
const policies = /* sql */ `
  create table if not exists stock_policy (
    id bigint primary key,
    level_id integer not null,
    begins_after bigint not null,
    ends_with bigint not null,
    at timestamptz not null default clock_timestamp(),
    counted boolean not null,
    low_at integer not null,
    out_at integer not null
  );
  create index if not exists stock_policy_of_level on stock_policy (level_id, id)`;

// A product's own count is not used if all its variants have counts of their own.
const policyOfLevel = /* sql */ `
  create or replace function stock_policy_of(l stock_level)
  returns table (counted boolean, low_at integer, out_at integer) language sql stable as $$
    select l.tracked and not (l.retired or l.hidden or l.defers_to is not null)
        and (not l.variant_required or exists (
          select from stock_level item
          where item.product_id = l.product_id and item.defers_to = l.id and not item.retired)),
      greatest(0, l.out_of_stock_threshold, l.threshold),
      case when l.allow_pre_order or l.allow_negative_stock then 0
        else greatest(0, coalesce(l.out_of_stock_threshold, l.threshold, 0)) end
  $$`;

// The edit has locked all levels of its products, so each level's movements are this transaction's or committed ones.
const recordPolicies = /* sql */ `
  create or replace function record_stock_policies(product_ids integer[]) returns void language plpgsql as $$
  begin
    with edited as (
      select l.id, now.counted, now.low_at, now.out_at, last.id as recorded, last.own,
        (last.counted, last.low_at, last.out_at)
          is distinct from (now.counted, now.low_at, now.out_at) as changed
      from stock_level l cross join lateral stock_policy_of(l) now
        left join lateral (
          select p.id, p.counted, p.low_at, p.out_at, p.xmin = pg_current_xact_id()::xid as own
          from stock_policy p where p.level_id = l.id order by p.id desc limit 1) last on true
      where l.product_id = any (product_ids)
    ), again as (
      update stock_policy p set counted = e.counted, low_at = e.low_at, out_at = e.out_at
      from edited e where e.changed and e.own and p.id = e.recorded
    )
    insert into stock_policy (id, level_id, begins_after, ends_with, counted, low_at, out_at)
    select place.id, e.id, coalesce((
        select m.id from movement m
        where m.level_id = e.id and m.xmin <> pg_current_xact_id()::xid order by m.id desc limit 1), 0),
      place.id, e.counted, e.low_at, e.out_at
    from edited e
      cross join lateral (select e.id as level_id,
        nextval(pg_get_serial_sequence('movement', 'id')::regclass) as id) place
    where e.changed and e.own is not true;
  end $$`;

/** The tables whose changes can change a policy, with the query of the products that are concerned. */
const triggers = {
  product: "select distinct id from changed",
  variant: "select distinct product_id from changed",
  product_type: "select id from product where type_code in (select code from changed)",
};

const triggerFunction = (table: string, products: string): string => /* sql */ `
  create or replace function record_stock_policies_of_${table}() returns trigger language plpgsql as $$
  begin
    perform record_stock_policies(array (${products}));
    return null;
  end $$`;

// Triggers of one event run in the order of their names. These must run after those that write the stock levels.
const trigger = (table: string, event: string): string => /* sql */ `
  create or replace trigger write_stock_policy_on_${event} after ${event} on ${table}
    referencing new table as changed
    for each statement execute function record_stock_policies_of_${table}()`;

// An edit that moves units after it has changed a policy ends with the last of these movements.
const endOfEdit = /* sql */ `
  create or replace function end_stock_policy() returns trigger language plpgsql as $$
  declare
    last bigint := (select m.id from movement m where m.level_id = new.level_id order by m.id desc limit 1);
  begin
    if last > new.ends_with then
      update stock_policy set ends_with = last where id = new.id;
    end if;
    return null;
  end $$;
  drop trigger if exists stock_policy_inserted on stock_policy;
  create constraint trigger stock_policy_inserted after insert on stock_policy
    deferrable initially deferred for each row execute function end_stock_policy()`;

const existingLevels = /* sql */ `
  do $$ begin
    perform from stock_level order by id for no key update;
    perform record_stock_policies(array (select id from product order by id));
  end $$`;
