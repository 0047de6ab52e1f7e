// Orders, events, alerts and mails.

import { Migration } from "@mikro-orm/migrations";

/** Creates orders, lines, events, alerts and mails. */
export class OrdersAndAlerts extends Migration {
  override up(): void {
    this.addSql(orders);
    this.addSql(events);
    this.addSql(alerts);
    this.addSql(mails);
  }
}

// An order has its lines as they were requested. When it is decided, its lines are written once, with the units that
// each got. The partial indexes stay small: nearly all orders are confirmed.
const orders = /* sql */ `
  create table "order" (
    id uuid primary key,
    reference text not null,
    fingerprint bytea not null,
    status text not null default 'pending'
      check (status in ('pending', 'confirmed', 'rejected', 'cancelled', 'refunded')),
    requested json not null,
    customer json,
    note text,
    accepted_at timestamptz not null default clock_timestamp(),
    accepted_by text not null,
    awaited boolean not null default false,
    decided_at timestamptz,
    rejection json
  ) with (fillfactor = 85);
  create unique index order_reference on "order" (reference);
  create index order_pending on "order" (id) where status = 'pending';
  create index order_unusual on "order" (status, id) where status in ('rejected', 'cancelled', 'refunded');

  create table order_line (
    order_id uuid not null,
    line smallint not null,
    item_id integer not null,
    holder_id integer,
    quantity integer not null check (quantity > 0),
    allocated integer not null,
    pre_ordered integer not null,
    restocked integer not null default 0,
    primary key (order_id, line),
    constraint order_line_served_within_quantity
      check (allocated >= 0 and pre_ordered >= 0 and allocated + pre_ordered <= quantity),
    constraint order_line_restocked_within_allocated
      check (restocked >= 0 and restocked <= allocated)
  );
  create index order_line_pre_ordered on order_line (item_id, order_id) where pre_ordered > 0;

  create table idempotent_request (
    actor text not null,
    key text not null,
    fingerprint bytea not null,
    response json not null,
    at timestamptz not null default now(),
    primary key (actor, key)
  );
`;

// Events are read in the order of their transactions, and only if all transactions before theirs have ended. So a
// reader never misses an event that is committed late.
const events = /* sql */ `
  create table event (
    tx xid8 not null default pg_current_xact_id(),
    id bigint generated always as identity,
    type text not null,
    at timestamptz not null default clock_timestamp(),
    order_id uuid,
    actor text,
    data json,
    primary key (tx, id)
  );
  create index event_of_order on event (order_id) where order_id is not null;
`;

const alerts = /* sql */ `
  create table stock_alert (
    id uuid primary key,
    level_id integer not null references stock_level (id),
    opened_as text not null check (opened_as in ('low', 'out')),
    state text not null check (state in ('low', 'out')),
    opened_at timestamptz not null default clock_timestamp(),
    opened_units bigint not null,
    opened_limit integer not null,
    opened_order_id uuid,
    opened_by text,
    opened_checked_at timestamptz,
    escalated_at timestamptz,
    escalated_units bigint,
    escalated_order_id uuid,
    escalated_by text,
    escalated_checked_at timestamptz,
    ended_at timestamptz,
    recipients_missing boolean not null default false
  );
  create unique index stock_alert_one_open on stock_alert (level_id) where ended_at is null;
  create index stock_alert_of_level on stock_alert (level_id, id);
  create index stock_alert_unchecked on stock_alert (id) where ended_at is null
    and (opened_checked_at is null or (escalated_at is not null and escalated_checked_at is null));
`;

const mails = /* sql */ `
  create table mail (
    id uuid primary key,
    template_code text not null,
    alert_id uuid references stock_alert (id),
    notice text check (notice in ('low', 'out')),
    resend_of uuid references mail (id),
    to_name text not null,
    to_email text not null,
    data json not null,
    message_id text not null unique,
    status text not null default 'pending' check (status in ('pending', 'sending', 'sent', 'failed')),
    attempts integer not null default 0,
    claimed_until timestamptz,
    last_error text,
    override_problem text,
    subject text,
    html text,
    body_text text,
    created_at timestamptz not null default clock_timestamp(),
    sent_at timestamptz
  );
  create unique index mail_once_per_recipient on mail (alert_id, notice, to_email)
    where alert_id is not null and resend_of is null;
  create index mail_open on mail (id) where status in ('pending', 'sending');
  create index mail_status on mail (status, id);
`;
