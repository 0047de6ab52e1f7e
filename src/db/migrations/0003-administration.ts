// Groups, people, sessions, API keys, mail templates and settings.

import { Migration } from "@mikro-orm/migrations";

/** Creates the tables of the administration and the groups of a new store. */
export class Administration extends Migration {
  override up(): void {
    this.addSql(people);
    this.addSql(keys);
    this.addSql(templates);
    this.addSql(firstGroups);
  }
}

const people = /* sql */ `
  create table admin_group (
    code text primary key,
    name text not null,
    permissions text[] not null,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  );

  create table admin_user (
    id uuid primary key,
    email text not null,
    name text not null,
    password_hash text not null,
    enabled boolean not null,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  );
  create unique index admin_user_email on admin_user (lower(email));

  create table admin_group_member (
    user_id uuid not null references admin_user (id) on delete cascade,
    group_code text not null references admin_group (code) on delete cascade,
    primary key (user_id, group_code)
  );
  create index admin_group_member_group on admin_group_member (group_code);

  create table admin_session (
    token_hash bytea primary key,
    user_id uuid not null references admin_user (id) on delete cascade,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null
  );
  create index admin_session_user on admin_session (user_id);
`;

const keys = /* sql */ `
  create table api_key (
    id uuid primary key,
    name text not null,
    prefix text not null unique,
    secret_hash bytea not null,
    scopes text[] not null,
    created_at timestamptz not null default now(),
    created_by text not null,
    revoked_at timestamptz
  );
`;

const templates = /* sql */ `
  create table mail_template (
    code text primary key,
    subject text,
    body text,
    version integer not null default 1,
    updated_at timestamptz not null default now(),
    updated_by text not null
  );
  create table mail_template_version (
    code text not null references mail_template (code) on delete cascade,
    version integer not null,
    subject text,
    body text,
    saved_at timestamptz not null default now(),
    saved_by text not null,
    primary key (code, version)
  );

  create table store (
    id smallint primary key default 1 check (id = 1),
    name text not null,
    mail_from_name text,
    mail_from_email text,
    reply_to_email text,
    version integer not null default 1,
    updated_at timestamptz not null default now()
  );
  insert into store (name) values ('My store');
`;

const firstGroups = /* sql */ `
  insert into admin_group (code, name, permissions) values
    ('administrators', 'Administrators', array[
      'catalogue:read', 'catalogue:write', 'stock:read', 'stock:write', 'orders:read', 'orders:write',
      'orders:manage', 'alerts:read', 'mails:read', 'mails:write', 'templates:read', 'templates:write',
      'events:read', 'queues:read', 'queues:write', 'admin:read', 'admin:write']),
    ('store-managers', 'Store managers', array[
      'catalogue:read', 'catalogue:write', 'stock:read', 'stock:write', 'orders:read',
      'orders:manage', 'alerts:read', 'mails:read', 'mails:write', 'templates:read', 'templates:write',
      'events:read', 'queues:read']),
    ('viewers', 'Viewers', array[
      'catalogue:read', 'stock:read', 'orders:read', 'alerts:read', 'mails:read', 'templates:read',
      'events:read', 'queues:read']);
`;
