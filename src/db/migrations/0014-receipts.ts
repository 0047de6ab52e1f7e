// Receipts and expected deliveries: what arrived, and what is on its way.

import { Migration } from "@mikro-orm/migrations";

/** Creates the tables of receipts and of expected deliveries, with their lines. */
export class Receipts extends Migration {
  override up(): void {
    this.addSql(expectedDeliveries);
    this.addSql(receipts);
  }
}

// A line's item is found by its SKU when it is read, so that a delivery is still expected for an item that was made
// again. The index holds only what is on its way: it is empty in a store that expects nothing, and reads of
// availability ask it. A delivery never reopens, and `is_closed` of its lines is written with it.
const expectedDeliveries = /* sql */ `
  create table expected_delivery (
    id uuid primary key,
    reference text not null unique,
    supplier text,
    note text,
    expected_at timestamptz not null,
    created_at timestamptz not null default clock_timestamp(),
    created_by text not null,
    closed_at timestamptz,
    closed_by text,
    close_reason text,
    constraint expected_delivery_closed_by_somebody check ((closed_at is null) = (closed_by is null)),
    constraint expected_delivery_reason_of_closing check (close_reason is null or closed_at is not null)
  );
  create index expected_delivery_open on expected_delivery (expected_at, id) where closed_at is null;
  create index expected_delivery_closed on expected_delivery (expected_at, id) where closed_at is not null;

  create table expected_delivery_line (
    delivery_id uuid not null references expected_delivery (id),
    line integer not null,
    sku text not null,
    units bigint not null check (units >= 0),
    received bigint not null default 0 check (received >= 0),
    is_closed boolean not null default false,
    incoming bigint generated always as
      (case when is_closed or received >= units then 0 else units - received end) stored,
    primary key (delivery_id, line),
    unique (delivery_id, sku),
    constraint expected_delivery_line_not_empty check (units > 0 or received > 0)
  );
  create index expected_delivery_line_incoming on expected_delivery_line (sku) where incoming > 0;
`;

// A line is all units of one SKU. It names the level that they went to and its movement in the ledger: lines of one
// receipt that went to one level share its movement. Like the ledger, lines have no foreign keys to levels and
// movements, of which none is ever deleted.
const receipts = /* sql */ `
  create table receipt (
    id uuid primary key,
    reference text not null unique,
    supplier text,
    note text,
    expected_delivery_id uuid references expected_delivery (id),
    received_at timestamptz not null default clock_timestamp(),
    received_by text not null
  );
  create index receipt_of_delivery on receipt (expected_delivery_id, id) where expected_delivery_id is not null;

  create table receipt_line (
    receipt_id uuid not null references receipt (id),
    line integer not null,
    sku text not null,
    item_id integer not null,
    level_id integer not null,
    movement_id bigint not null,
    units bigint not null check (units > 0),
    primary key (receipt_id, line),
    unique (receipt_id, sku)
  );
  create index receipt_line_of_movement on receipt_line (level_id, movement_id);
`;
