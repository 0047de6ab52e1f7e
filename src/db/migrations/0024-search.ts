// The index by which orders are found by a part of their reference, customer or items. It is a table of its own, which a
// worker fills a moment later, so that placing and deciding an order write nothing more.

import { Migration } from "@mikro-orm/migrations";

/** Creates the index of orders, empty, and the places up to which it is filled. */
export class Search extends Migration {
  override up(): void {
    this.addSql(orderSearch);
    this.addSql(progress);
  }
}

// Newer orders have greater places. The index is of core PostgreSQL: it needs no extension and no right to create one.
// New rows wait in a list of at most 1 MB, which each search reads, until they are merged into the index together.
const orderSearch = /* sql */ `
  create table order_search (
    place bigint primary key,
    order_id uuid not null unique,
    text text not null,
    keys smallint[] not null
  );
  create index order_search_keys on order_search using gin (keys) with (gin_pending_list_limit = 1024);
`;

// Orders that are there already are added from the newest to the oldest, beside new ones. An order may be committed after
// one with a greater id, so all are looked at a second time, minutes later; that begins somewhat before now.
const progress = /* sql */ `
  create table order_search_progress (
    id boolean primary key default true check (id),
    first_place bigint not null default 0,
    last_place bigint not null default 0,
    covered_from uuid not null,
    covered_to uuid not null,
    settled_to uuid not null,
    complete boolean not null default false
  );
  insert into order_search_progress (covered_from, covered_to, settled_to)
    select now_id, now_id, before_id from (
      select (lpad(to_hex((extract(epoch from now()) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid as now_id,
        (lpad(to_hex((extract(epoch from now() - interval '30 minutes') * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid as before_id) ids;
`;
