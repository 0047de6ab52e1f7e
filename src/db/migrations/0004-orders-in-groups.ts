// Orders that are stored together share one job, so an order needs the job's id.

import { Migration } from "@mikro-orm/migrations";

/** Adds the id of the job that announced an order. If it is empty, the job has the order's own id. */
export class OrdersInGroups extends Migration {
  override up(): void {
    this.addSql(/* sql */ `alter table "order" add column job_id uuid`);
  }
}
