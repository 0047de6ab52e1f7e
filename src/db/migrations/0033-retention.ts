// How far old rows have been removed: one row, which readers of the feed and audits go by.

import { Migration } from "@mikro-orm/migrations";

/** Creates the row. Nothing is removed yet, so it names no place and no time. */
export class Retention extends Migration {
  override up(): void {
    this.addSql(/* sql */ `
      create table retention (
        id boolean primary key default true check (id),
        events_after bigint not null default 0,
        events_removed_to bigint not null default 0,
        events_gone_until timestamptz,
        mails_gone_until timestamptz,
        constraint retention_removes_what_is_given_up check (events_removed_to <= events_after)
      )`);
    this.addSql("insert into retention default values");
  }
}
