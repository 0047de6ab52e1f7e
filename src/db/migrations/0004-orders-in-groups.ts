// Orders that are stored together share one job.

import { Migration } from "@mikro-orm/migrations";

/** Notes with each order which job announced it. Without a note the job has the order's own id. */
export class OrdersInGroups extends Migration {
  override up(): void {
    this.addSql(/* sql */ `alter table "order" add column job_id uuid`);
  }
}
