// One numbering for events and the ledger, so that both are read as one feed, and what a reader needs to know how far
// the feed is complete.

import { Migration } from "@mikro-orm/migrations";

// The index of movements is of an expression that only the feed uses. PostgreSQL would take a plain index of their ids
// also to find the last movement of a level, and then read those of all others on the way.

/**
 * Numbers events and movements by one sequence, and indexes both by their numbers. The indexes are created concurrently,
 * so that they block no writer of large tables; that is not possible in a transaction, so each statement may run again
 * after an interruption.
 */
export class Feed extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override up(): void {
    this.addSql("drop index concurrently if exists movement_place");
    this.addSql("create index concurrently movement_place on movement ((id + 0))");
    this.addSql("drop index concurrently if exists event_place");
    this.addSql("create unique index concurrently event_place on event (id)");
    this.addSql(announceWriter);
    this.addSql(oneNumbering);
    this.addSql("drop index concurrently if exists event_of_type");
    this.addSql(
      "create index concurrently event_of_type on event (type, id) where type <> 'order.confirmed'",
    );
    this.addSql(horizon);
  }
}

// Numbers are handed out before their transactions commit, so a reader may see 7 before 6 is there. Each transaction
// therefore announces, before it takes its first number, the last number that was taken by then: it holds that number
// as a shared advisory lock until it ends. The first key of the lock is the sequence, so that stores in other schemas
// have locks of their own. The second is the low half of the number. A transaction announces once, because a lock for
// each statement of a large import could fill the lock table.
const announceWriter = /* sql */ `
  create or replace function announce_feed_writer() returns trigger language plpgsql as $$
  begin
    if coalesce(current_setting('tallyman.writes_feed', true), '') = '' then
      perform pg_advisory_xact_lock_shared(
        (('feed_place'::regclass::oid::bigint << 32) >> 32)::integer,
        ((pg_sequence_last_value('feed_place'::regclass) << 32) >> 32)::integer);
      perform set_config('tallyman.writes_feed', 'yes', true);
    end if;
    return null;
  end $$`;

// Both sequences go on from the greater of their numbers. Movements that are older keep theirs, which mean nothing
// beside those of events; so the feed has stock changes from this place on. An audit's place was one of the old
// numbering, so the next audit proves everything.
const oneNumbering = /* sql */ `
  do $$
  declare
    last_place bigint;
  begin
    if exists (select from pg_class where oid = to_regclass('feed')) then return; end if;
    lock table movement, event in access exclusive mode;
    execute format('alter sequence %s rename to feed_place', pg_get_serial_sequence('movement', 'id'));
    last_place := greatest(1, (select max(id) from movement), (select max(id) from event),
      pg_sequence_last_value('feed_place'::regclass),
      pg_sequence_last_value(pg_get_serial_sequence('event', 'id')::regclass));
    perform setval('feed_place', last_place);
    alter table event alter column id drop identity;
    alter table event alter column id set default nextval('feed_place');
    alter table event drop constraint event_pkey;
    alter table event add constraint event_pkey primary key using index event_place;
    create table feed (
      id boolean primary key default true check (id),
      stock_changes_after bigint not null
    );
    insert into feed (stock_changes_after) values (last_place);
    create trigger event_announced before insert on event
      for each statement execute function announce_feed_writer();
    create trigger movement_announced before insert on movement
      for each statement execute function announce_feed_writer();
    update audit_run set place_cluster = null, place_transaction = null, place_movement = null
      where place_cluster is not null;
  end $$`;

// The sequence is read before the locks. A number up to its value was taken by a writer that had announced itself
// before, so it has ended, or its lock is seen. A writer that is seen and began later announces a greater number.
const horizon = /* sql */ `
  create or replace function feed_horizon(out place bigint, out last_place bigint, out held_by integer)
  language plpgsql volatile as $$
  begin
    last_place := pg_sequence_last_value('feed_place'::regclass);
    select last_place - behind, pid into place, held_by from (
      select pid, (last_place - objid::bigint) & 4294967295 as behind from pg_locks
      where locktype = 'advisory' and objsubid = 2
        and database = (select oid from pg_database where datname = current_database())
        and classid = 'feed_place'::regclass::oid) writer
    where behind < 2147483648
    order by behind desc limit 1;
    place := coalesce(place, last_place);
  end $$`;
