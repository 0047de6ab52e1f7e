// API keys with an end, and with the time of their last use.

import { Migration } from "@mikro-orm/migrations";

/** Adds both columns, empty: keys that exist have no end, and nobody knows when they were last used. */
export class EndsOfKeys extends Migration {
  override up(): void {
    this.addSql(/* sql */ `
      alter table api_key
        add column expires_at timestamptz,
        add column last_used_at timestamptz,
        add constraint api_key_expires_after_it_was_made check (expires_at > created_at)`);
  }
}
