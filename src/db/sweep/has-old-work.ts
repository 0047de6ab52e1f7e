// Looks whether there is anything for a sweep of the oldest rows, in one statement. Most sweeps find nothing.

import type { Pool } from "pg";
import { pendingSince } from "../orders/pending-since.ts";
import { beforeAll, dueAlerts } from "./find-forgotten.ts";

/** Of which kinds there may be rows that have waited too long. There are none of the others. */
export type OldWork = {
  readonly orders: boolean;
  readonly alerts: boolean;
  readonly mails: boolean;
  /** Whether an endpoint is active. Whether it is behind takes a closer look. */
  readonly endpoints: boolean;
};

const older = "clock_timestamp() - make_interval(secs => $1::double precision / 1000)";

/** Looks for rows that have waited for more than `ageMs` milliseconds. It needs no lock. */
export async function hasOldWork(pool: Pool, ageMs: number): Promise<OldWork> {
  const { rows } = await pool.query<OldWork>({
    name: "has-old-work",
    text: `select
      exists (select from "order" where status = 'pending' and ${pendingSince()} < ${older}) as orders,
      exists (${dueAlerts((since) => `${since} < ${older}`, `'${beforeAll}'::uuid`)}) as alerts,
      exists (select from mail m where m.status in ('pending', 'sending')
        and greatest(m.created_at, m.waits_until) < ${older}
        and (m.status = 'pending' or m.claimed_until < clock_timestamp())) as mails,
      exists (select from webhook_endpoint where status = 'active') as endpoints`,
    values: [ageMs],
  });
  const [found] = rows;
  if (found === undefined) throw new Error("Expected one row of old work; got none.");
  return found;
}
