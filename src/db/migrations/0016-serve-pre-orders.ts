// Finds orders that wait for promised units, whatever the item.

import { Migration } from "@mikro-orm/migrations";

/**
 * An index of the orders that wait. Like the one by item, it has no row of an order that got all its units, so other
 * orders do not write to it. It is created concurrently, so that it blocks no writer.
 */
export class ServePreOrders extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override up(): void {
    // An index whose creation was interrupted exists, but PostgreSQL does not use it.
    this.addSql("drop index concurrently if exists order_line_waiting");
    this.addSql(
      "create index concurrently order_line_waiting on order_line (order_id) where pre_ordered > 0",
    );
  }
}
