// Checks the rows that were there before the constraints that earlier migrations added.

import { Migration } from "@mikro-orm/migrations";

/** The constraints that were added without a look at the rows that were there, by table. */
const constraints = {
  order_line: [
    "order_line_served_within_quantity",
    "order_line_given_up_within_quantity",
    "order_line_released_within_given_up",
    "order_line_restocked_within_given_up",
  ],
  '"order"': [
    "order_status_check",
    "order_unpaid_if_waiting_or_expired",
    "order_retakeable_if_expired",
  ],
  movement: ["movement_kind_check", "movement_has_its_order", "movement_reason_check"],
};

/** Validates the constraints one by one, outside a transaction. So each table can be written to meanwhile. */
export class CheckOldRows extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override up(): void {
    for (const [table, names] of Object.entries(constraints)) {
      for (const name of names) this.addSql(`alter table ${table} validate constraint ${name}`);
    }
  }
}
