// Endpoints of other programs that get events as webhooks, and a short log of what they answered.

import { Migration } from "@mikro-orm/migrations";

/** Adds both tables, empty. Whoever may create keys may create webhooks from now on. */
export class Webhooks extends Migration {
  override up(): void {
    this.addSql(/* sql */ `
      create table webhook_endpoint (
        id uuid primary key,
        url text not null,
        description text not null default '',
        channel text not null check (channel in ('webhook', 'slack')),
        types text[] check (cardinality(types) > 0),
        status text not null default 'active' check (status in ('active', 'paused', 'disabled')),
        paused_because text check (paused_because in ('person', 'gone', 'failing')),
        status_since timestamptz not null default clock_timestamp(),
        secret text not null,
        previous_secret text,
        previous_secret_until timestamptz,
        place bigint not null check (place >= 0),
        lanes json not null default '[]',
        is_blocked boolean not null default false,
        next_at timestamptz,
        turn bigint not null default 0,
        saved_at timestamptz not null default clock_timestamp(),
        delivered_at timestamptz,
        created_at timestamptz not null default clock_timestamp(),
        created_by text not null,
        constraint webhook_endpoint_paused_for_a_reason check ((status = 'paused') = (paused_because is not null)),
        constraint webhook_endpoint_previous_secret_ends
          check ((previous_secret is null) = (previous_secret_until is null))
      )`);
    this.addSql(/* sql */ `
      create table webhook_attempt (
        id bigserial primary key,
        endpoint_id uuid not null references webhook_endpoint on delete cascade,
        place bigint,
        type text not null,
        at timestamptz not null default clock_timestamp(),
        attempt integer not null check (attempt > 0),
        outcome text not null check (outcome in ('delivered', 'failed')),
        status integer,
        took_ms integer not null,
        error text,
        answer text
      )`);
    this.addSql("create index webhook_attempt_of_endpoint on webhook_attempt (endpoint_id, id)");
    this.addSql(/* sql */ `
      update admin_group set permissions = permissions || array['webhooks:read', 'webhooks:write']
      where permissions @> array['admin:write'] and not permissions && array['webhooks:read', 'webhooks:write']`);
  }
}
