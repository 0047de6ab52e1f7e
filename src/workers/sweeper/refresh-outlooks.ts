// Finds what each item sold lately, for the list of what runs out. The order path writes nothing for it: a sweep reads the
// ledger, a page of levels at a time, and each level a few times a day.

import type { Pool } from "pg";
import { findStaleOutlooks } from "../../db/forecast/find-stale-outlooks.ts";
import { readLedgerDays } from "../../db/forecast/read-ledger-days.ts";
import { saveOutlooks } from "../../db/forecast/save-outlooks.ts";
import { demandDays } from "../../domain/forecast/demand.ts";
import { outlookOf } from "../../domain/forecast/outlook.ts";

/** One sweep. `stop` is asked before each page: true ends the sweep. */
export type Refreshing = {
  readonly stop: () => boolean;
  /** Called before each page. Rejects if the sweep's lock is lost. */
  readonly confirm: () => Promise<void>;
};

/**
 * The levels of a page, and the most pages of one sweep. A page reads about 30,000 index entries, which takes less than
 * 100 ms. So a sweep is not held up for long, and 100,000 levels are done within 6 hours.
 */
const limits = { page: 50, pages: 20 };

/** Refreshes those that are old. Resolves with how many were. Rejects if the database is away. */
export async function refreshOutlooks(pool: Pool, { stop, confirm }: Refreshing): Promise<number> {
  let refreshed = 0;
  let after = 0;
  for (let page = 0; page < limits.pages && !stop(); page += 1) {
    await confirm();
    const levels = await findStaleOutlooks(pool, { after, limit: limits.page });
    if (levels.length === 0) break;
    const ids = levels.map(({ id }) => id);
    const days = await readLedgerDays(pool, ids, demandDays);
    const outlooks = levels.map((level) => ({
      levelId: level.id,
      ...outlookOf(level, days.get(level.id) ?? []),
    }));
    await saveOutlooks(pool, outlooks);
    refreshed += levels.length;
    after = ids.at(-1) ?? after;
    if (levels.length < limits.page) break;
  }
  return refreshed;
}
