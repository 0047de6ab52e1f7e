// The places of the feed that a restore skipped.

import { Migration } from "@mikro-orm/migrations";

/** Adds the list of skipped places, empty for each store that was never restored. Only the one row of `feed` is written. */
export class GonePlaces extends Migration {
  override up(): void {
    this.addSql(
      "alter table feed add column if not exists gone_places int8multirange not null default '{}'",
    );
  }
}
