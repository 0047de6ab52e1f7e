// Indexes for reads that read a whole table of a large store: mails of an alert, alerts by state, events of a rare
// type, movements other than sales, and expired rows.

import { Migration } from "@mikro-orm/migrations";

/**
 * The indexes and their columns. None has a row of a sale, so a sale writes to no more indexes than before. Only a
 * request with an Idempotency-Key writes one more entry, at the end of an index.
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
 * Creates the indexes concurrently, so that they block no writer of a large table. That is not possible in a
 * transaction, so an interrupted migration starts again with the first index.
 */
export class ReadsOfAGrownStore extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override up(): void {
    for (const [name, on] of Object.entries(indexes)) {
      // An index whose creation was interrupted exists, but PostgreSQL does not use it.
      this.addSql(`drop index concurrently if exists ${name}`);
      this.addSql(`create index concurrently ${name} on ${on}`);
    }
    // The old index left out ended alerts, which the sweeper also reads. So it was never used.
    this.addSql("drop index concurrently if exists stock_alert_unchecked");
  }
}
