// Keeps a count as a count, lets a movement name the one that it undoes, and has a table for what each level sold lately.

import { Migration } from "@mikro-orm/migrations";

/**
 * Adds both columns to the ledger, empty for what is there. A movement can be undone once, which an index of only the
 * counter-entries ensures; no sale is in it. The index is created and the checks are validated without blocking writers
 * of a large ledger; that is not possible in a transaction, so each statement may run again after an interruption.
 */
export class StockCommands extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override up(): void {
    this.addSql(/* sql */ `
      alter table movement
        add column if not exists counted_units bigint,
        add column if not exists undoes bigint,
        drop constraint if exists movement_leaves_what_was_counted,
        drop constraint if exists movement_undoes_an_earlier_one,
        add constraint movement_leaves_what_was_counted check (counted_units = units_after) not valid,
        add constraint movement_undoes_an_earlier_one check (undoes < id) not valid`);
    this.addSql("alter table movement validate constraint movement_leaves_what_was_counted");
    this.addSql("alter table movement validate constraint movement_undoes_an_earlier_one");
    this.addSql("drop index concurrently if exists movement_undone");
    this.addSql(/* sql */ `
      create unique index concurrently movement_undone on movement (level_id, undoes)
      where undoes is not null`);
    this.addSql(/* sql */ `
      create table if not exists level_outlook (
        level_id integer primary key,
        found_at timestamptz not null,
        units_sold bigint not null,
        units_sold_in_week bigint not null,
        units_per_day double precision,
        days_in_stock double precision,
        unevenness double precision
      )`);
  }
}
