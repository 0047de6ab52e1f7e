// Since when the mail server has not taken a mail.

import { Migration } from "@mikro-orm/migrations";

/**
 * Adds the time of a mail's first attempt that failed, empty for mails that exist. It is a change of the catalogue alone,
 * and no row is written.
 */
export class FailingMails extends Migration {
  override up(): void {
    this.addSql("alter table mail add column if not exists failing_since timestamptz");
  }
}
