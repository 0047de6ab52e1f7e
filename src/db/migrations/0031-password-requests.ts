// Requests for a link by mail with which a person chooses a password, who was invited, and who watches a product type.

import { Migration } from "@mikro-orm/migrations";

/**
 * Adds tables and columns, all empty: nobody is invited, and links that exist belong to no request. Adding the columns is a
 * change of the catalogue alone. The index of mails is created without blocking those that read and write them; that is not
 * possible in a transaction, so each statement may run again after an interruption.
 */
export class PasswordRequests extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override up(): void {
    this.addSql(requests);
    this.addSql(invitations);
    this.addSql(typeWatches);
    this.addSql("drop index concurrently if exists mail_password_request");
    this.addSql(/* sql */ `
      create index concurrently mail_password_request on mail (password_request_id)
      where password_request_id is not null`);
  }
}

const requests = /* sql */ `
  create table if not exists password_request (
    id uuid primary key,
    user_id uuid not null references admin_user (id) on delete cascade,
    purpose text not null check (purpose in ('invitation', 'reset')),
    password_hash text not null,
    asked_at timestamptz not null default clock_timestamp(),
    ends_at timestamptz not null
  );
  create index if not exists password_request_user on password_request (user_id);
  alter table password_link add column if not exists request_id uuid references password_request (id) on delete cascade;
  create index if not exists password_link_request on password_link (request_id) where request_id is not null;
  alter table mail add column if not exists password_request_id uuid references password_request (id) on delete set null;
`;

const invitations = /* sql */ `
  alter table admin_user
    add column if not exists invited_at timestamptz,
    add column if not exists invitation_ends_at timestamptz,
    drop constraint if exists admin_user_invitation,
    add constraint admin_user_invitation check (invitation_ends_at is null or invited_at is not null);
`;

const typeWatches = /* sql */ `
  create table if not exists alert_type_watch (
    user_id uuid not null references admin_user (id) on delete cascade,
    type_code text not null references product_type (code) on delete cascade,
    primary key (user_id, type_code)
  );
  create index if not exists alert_type_watch_type on alert_type_watch (type_code);
`;
