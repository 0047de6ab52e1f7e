// What people have of their accounts: passwords of their own choice, and a look at their sessions.

import { Migration } from "@mikro-orm/migrations";

/**
 * Gives sessions an id to name them by, and notes where each came from and when it was last used. Notes with each
 * person whether somebody else chose their password; nobody is asked to change one that is there already.
 */
export class Accounts extends Migration {
  override up(): void {
    this.addSql(sessions);
    this.addSql(passwords);
  }
}

// Sessions that are there already go on. When they were used last is not known; they were when they began.
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
