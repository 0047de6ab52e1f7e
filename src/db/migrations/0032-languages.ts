// The language that mails are written in, by store and by person, and how a person wants numbers and times to be written.

import { Migration } from "@mikro-orm/migrations";

/** Adds columns: English for the store, nothing for people, so that mails read as before. Only the catalogue changes. */
export class Languages extends Migration {
  override up(): void {
    this.addSql(/* sql */ `
      alter table store add column language text not null default 'en'
        check (language in ('en', 'de', 'fr', 'es'))`);
    this.addSql(/* sql */ `
      alter table admin_user
        add column language text check (language in ('en', 'de', 'fr', 'es')),
        add column locale text,
        add column time_zone text`);
  }
}
