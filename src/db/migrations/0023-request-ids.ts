// The ids of the requests that caused events, movements and orders.

import { Migration } from "@mikro-orm/migrations";

/**
 * Adds the columns, empty and without a default: rows that exist and those of decisions have none. Each table is altered
 * on its own, because orders are written meanwhile in another order of tables.
 */
export class RequestIds extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override up(): void {
    this.addSql("alter table event add column if not exists request_id text");
    this.addSql("alter table movement add column if not exists request_id text");
    this.addSql('alter table "order" add column if not exists request_id text');
  }
}
