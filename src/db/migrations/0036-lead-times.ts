// How long a delivery of an item takes, and how many units its supplier packs together.

import { Migration } from "@mikro-orm/migrations";

/** Adds empty columns: an empty one is the product's, the store's, or what was used before. No row is rewritten. */
export class LeadTimes extends Migration {
  override up(): void {
    for (const table of ["product", "variant"]) {
      this.addSql(`alter table ${table}
        add column lead_days integer constraint ${table}_lead_days_check check (lead_days >= 0 and lead_days <= 366),
        add column pack_size integer constraint ${table}_pack_size_check check (pack_size >= 1 and pack_size <= 100000)`);
    }
    this.addSql(
      "alter table store add column lead_days integer constraint store_lead_days_check check (lead_days >= 0 and lead_days <= 366)",
    );
  }
}
