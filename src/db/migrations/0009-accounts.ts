// Accounts: passwords that their owner chose, second factors, and what people see of their sessions.

import { Migration } from "@mikro-orm/migrations";

/**
 * Adds an id, the origin and the time of the last use to sessions. Adds to each person whether somebody else chose their
 * password; existing passwords count as chosen by their owner. Adds tables for second factors and for logins that wait
 * for a code.
 */
export class Accounts extends Migration {
  override up(): void {
    this.addSql(sessions);
    this.addSql(passwords);
    this.addSql(secondFactors);
  }
}

// Existing sessions stay valid. The time of their last use is unknown, so they get that of their beginning.
const sessions = /* sql */ `
  alter table admin_session
    add column id uuid not null default gen_random_uuid(),
    add column seen_at timestamptz not null default now(),
    add column address text,
    add column user_agent text;
  update admin_session set seen_at = created_at;
  create unique index admin_session_id on admin_session (id);
`;

const passwords = /* sql */ `
  alter table admin_user add column must_change_password boolean not null default false;
`;

// A secret is there before its factor is on: from the first look at it to the first right code.
const secondFactors = /* sql */ `
  alter table admin_user add column second_factor_since timestamptz;
  create table admin_second_factor (
    user_id uuid primary key references admin_user (id) on delete cascade,
    secret bytea not null,
    recovery_hashes text[] not null default '{}',
    last_step integer not null default 0,
    failures integer not null default 0,
    failures_since timestamptz
  );
  create table admin_login_step (
    token_hash bytea primary key,
    user_id uuid not null references admin_user (id) on delete cascade,
    password_hash text not null,
    expires_at timestamptz not null
  );
  create index admin_login_step_user on admin_login_step (user_id);
`;
