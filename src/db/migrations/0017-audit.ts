// What audits found, how far they proved the books, and what was repaired. It also gives audits an index of the movements
// that belong to orders and are neither sales nor restocks.

import { Migration } from "@mikro-orm/migrations";

/**
 * Creates the tables of audits and repairs, and the index. The index is created concurrently, so that it blocks no writer
 * of the ledger. That is not possible in a transaction, so each statement may run again after an interruption.
 */
export class Audit extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override up(): void {
    this.addSql(runs);
    this.addSql(repairs);
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
