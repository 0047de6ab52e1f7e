// Indexes for the reads that walked a whole table once a store had grown: mails of an alert, alerts by their
// state, events of a rare type, what the ledger holds besides sales, and what has run out.

import { Migration } from "@mikro-orm/migrations";

/**
 * Each index, and what it is on. None of them holds a row of a sale: a sale writes to no more indexes than
 * before. Only a request with an Idempotency-Key gets one entry more, at the end of its index.
 */
const indexes = {
  stock_level_every_sku: "stock_level (sku)",
  mail_of_alert: "mail (alert_id, id) where alert_id is not null",
  mail_resend: "mail (resend_of) where resend_of is not null",
  stock_alert_open: "stock_alert (id) where ended_at is null",
  stock_alert_ended: "stock_alert (id) where ended_at is not null",
  stock_alert_news: `stock_alert (id) where opened_checked_at is null
    or (escalated_at is not null and escalated_checked_at is null)`,
  movement_other: "movement (level_id, id) include (change, units_after) where kind <> 'sale'",
  event_of_type: "event (type, tx, id) where type <> 'order.confirmed'",
  idempotent_request_at: "idempotent_request (at)",
  admin_session_expires_at: "admin_session (expires_at)",
};

/**
 * Creates the indexes while orders go on: created concurrently, an index of a large table locks out no writer.
 * That can't be done in a transaction, so a migration that was interrupted starts again from the first one.
 */
export class ReadsOfAGrownStore extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override up(): void {
    for (const [name, on] of Object.entries(indexes)) {
      // One that was interrupted is there, but is never used.
      this.addSql(`drop index concurrently if exists ${name}`);
      this.addSql(`create index concurrently ${name} on ${on}`);
    }
    // It left out alerts that have ended, which the sweeper looks for, too: it was never used.
    this.addSql("drop index concurrently if exists stock_alert_unchecked");
  }
}
