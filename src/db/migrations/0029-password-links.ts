// The links with which people choose their password.

import { Migration } from "@mikro-orm/migrations";

/** Adds the table, empty. It holds the hash of each link's token, and of the password that the link replaces. */
export class PasswordLinks extends Migration {
  override up(): void {
    this.addSql(/* sql */ `
      create table password_link (
        token_hash bytea primary key,
        user_id uuid not null references admin_user (id) on delete cascade,
        password_hash text not null,
        ends_at timestamptz not null
      )`);
    this.addSql("create index password_link_user on password_link (user_id)");
  }
}
