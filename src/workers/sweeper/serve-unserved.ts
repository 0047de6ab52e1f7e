// Serves pre-orders that wait although their holder has units. A process of a version before this one leaves such units
// to newcomers. There is no job for it: a sweep finds the holders, and serves each in a transaction.

import type { Pool } from "pg";
import { serveHolder } from "../../db/orders/serve-holder.ts";
import { findUnserved } from "../../db/sweep/find-unserved.ts";
import type { JobQueues } from "../../queues/backend.ts";
import { alertJob } from "../../queues/jobs/check-low-stock.ts";

/** One sweep over the holders. `stop` is asked before each: true ends the sweep. */
export type Serving = {
  readonly stop: () => boolean;
  /** Called before each page and each holder. Rejects if the sweep's lock is lost. */
  readonly confirm: () => Promise<void>;
};

/** The items of a page, and the most pages of one sweep. */
const limits = { page: 200, pages: 1_000 };

/** Serves whoever waits. Resolves with how many orders got units. Rejects if the database or the store is away. */
export async function serveUnserved(
  pool: Pool,
  queues: Pick<JobQueues, "check-low-stock">,
  { stop, confirm }: Serving,
): Promise<number> {
  let served = 0;
  let after = 0;
  for (let page = 0; page < limits.pages && !stop(); page += 1) {
    await confirm();
    const items = await findUnserved(pool, { after, limit: limits.page });
    for (const holder of new Set(items.map(({ holderId }) => holderId))) {
      if (holder === null || stop()) continue;
      await confirm();
      const { orders, alerts } = await serveHolder(pool, holder);
      served += orders;
      if (alerts.length > 0)
        await queues["check-low-stock"].announce(alerts.map((alert) => alertJob(alert)));
    }
    after = items.at(-1)?.itemId ?? after;
    if (items.length < limits.page) break;
  }
  return served;
}
