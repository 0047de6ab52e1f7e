// Payment: when stock is taken, until when an order is to be paid, and what becomes of it if it is not.

import { Migration } from "@mikro-orm/migrations";

/**
 * Adds the store's setting when stock is taken. Adds to orders the time by which they are to be paid, the time of their
 * payment, and the statuses of those that wait for it and of those that expired.
 *
 * Two indexes are created concurrently, so that orders can be stored meanwhile. That is not possible in a transaction, so
 * an interrupted migration starts again, and each statement allows for what is there.
 */
export class Payment extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override up(): void {
    this.addSql(setting);
    this.addSql(columns);
    this.addSql(limits);
    for (const [name, on] of Object.entries(indexes)) {
      this.addSql(`drop index concurrently if exists ${name}`);
      this.addSql(`create index concurrently ${name} on ${on}`);
    }
  }
}

const setting = /* sql */ `
  alter table store add column if not exists take_stock text not null default 'placed'
    check (take_stock in ('placed', 'paid'))
`;

const columns = /* sql */ `
  alter table "order"
    add column if not exists pay_by timestamptz,
    add column if not exists paid_at timestamptz,
    add column if not exists pays_first boolean not null default false,
    add column if not exists retakeable boolean not null default false,
    add column if not exists retaken boolean not null default false
`;

// Not validated here: that would lock a large table for as long as it is read.
const limits = /* sql */ `
  alter table "order"
    drop constraint if exists order_status_check,
    drop constraint if exists order_unpaid_if_waiting_or_expired,
    drop constraint if exists order_retakeable_if_expired,
    add constraint order_status_check check (status in
      ('awaiting-payment', 'pending', 'confirmed', 'rejected', 'cancelled', 'refunded', 'expired')) not valid,
    add constraint order_unpaid_if_waiting_or_expired check (
      paid_at is null or not (status in ('awaiting-payment', 'expired'))) not valid,
    add constraint order_retakeable_if_expired check (not retakeable or status = 'expired') not valid
`;

/** Neither has an entry of an order without a time for payment that is confirmed. */
const indexes = {
  order_payment: `"order" (status, id) where status in ('awaiting-payment', 'expired')`,
  order_unpaid: `"order" (pay_by, id) where pay_by is not null and paid_at is null
    and status in ('awaiting-payment', 'pending', 'confirmed')`,
};
