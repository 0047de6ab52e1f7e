// What people need to keep alerts switched on: how each is told, whom else an item interests, mails that wait and that are
// gathered in one, and what a person has said about an alert.

import { Migration } from "@mikro-orm/migrations";

/**
 * Adds columns and tables, all empty: everybody is told at once, as before. A process of an older version sends mails that
 * wait one by one and at once, and nothing is lost by it.
 */
export class AlertsPeopleKeepOn extends Migration {
  override up(): void {
    this.addSql(mails);
    this.addSql(choices);
    this.addSql(watches);
    this.addSql(alerts);
    this.addSql(linkKey);
  }
}

const mails = /* sql */ `
  alter table mail
    add column waits_until timestamptz,
    add column released_at timestamptz,
    add column gathered_in uuid references mail (id),
    add constraint mail_gathered_is_not_sent check (gathered_in is null or status = 'cancelled');
  create index mail_waiting on mail (lower(to_email)) where waits_until is not null and status = 'pending';
  create index mail_released on mail (lower(to_email), released_at) where released_at is not null;
  create index mail_gathered on mail (gathered_in) where gathered_in is not null;
`;

const choices = /* sql */ `
  create table alert_choice (
    user_id uuid primary key references admin_user (id) on delete cascade,
    mode text not null check (mode in ('at-once', 'daily', 'off')),
    daily_at smallint not null check (daily_at >= 0 and daily_at <= 1439),
    quiet_from smallint check (quiet_from >= 0 and quiet_from <= 1439),
    quiet_until smallint check (quiet_until >= 0 and quiet_until <= 1439),
    time_zone text not null,
    paused_until timestamptz,
    updated_at timestamptz not null default now(),
    updated_by text not null,
    constraint alert_choice_quiet_hours check ((quiet_from is null) = (quiet_until is null)),
    constraint alert_choice_quiet_hours_end check (quiet_from <> quiet_until)
  );
`;

const watches = /* sql */ `
  create table alert_watch (
    id uuid primary key,
    user_id uuid not null references admin_user (id) on delete cascade,
    product_id integer not null references product (id),
    variant_id integer references variant (id),
    created_at timestamptz not null default now()
  );
  create unique index alert_watch_once on alert_watch (user_id, product_id, coalesce(variant_id, 0));
  create index alert_watch_product on alert_watch (product_id);
`;

const alerts = /* sql */ `
  alter table stock_alert
    add column acknowledged_at timestamptz,
    add column acknowledged_by text,
    add column note text,
    add column snoozed_until timestamptz,
    add column snoozed_by text,
    add constraint stock_alert_acknowledged_by check ((acknowledged_at is null) = (acknowledged_by is null)),
    add constraint stock_alert_snoozed_by check ((snoozed_until is null) = (snoozed_by is null));
`;

// Two random UUIDs have 244 random bits. The key signs the links that people follow from a mail without a login.
const linkKey = /* sql */ `
  alter table store add column link_key text;
  update store set link_key = replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '');
  alter table store alter column link_key set not null;
`;
