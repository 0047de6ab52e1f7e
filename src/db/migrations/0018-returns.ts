// Lets a store have units restocked whenever they are cancelled or refunded, and finds orders by promises that ended.

import { Migration } from "@mikro-orm/migrations";

/**
 * Adds the store's setting, and an index of the promises that were given up. Only such lines are in the index, so that an
 * order does not write to it. It is created concurrently, so that it blocks no writer of a large table; that is not
 * possible in a transaction, so an interrupted migration starts again.
 */
export class Returns extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override up(): void {
    this.addSql(
      "alter table store add column if not exists restock_on_return boolean not null default false",
    );
    this.addSql("drop index concurrently if exists order_line_released");
    this.addSql(
      "create index concurrently order_line_released on order_line (item_id, order_id) where released > 0",
    );
  }
}
