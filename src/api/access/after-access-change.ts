// The work after each change of access: this process empties its cache before it replies, and alerts that had no
// recipient are announced again, because they may have one now.

import { findAlertsWithoutRecipients } from "../../db/access/find-alerts-without-recipients.ts";
import { announceOrLeaveToSweeper } from "../../queues/announce-or-leave-to-sweeper.ts";
import { alertJob } from "../../queues/jobs/check-low-stock.ts";
import type { Authenticator } from "../auth/authenticator.ts";
import type { ApiContext } from "../context.ts";

/** Does that work. To be awaited after each change, with its actor and a description for the log. Never rejects. */
export type AfterAccessChange = (actor: string, change: string) => Promise<void>;

/** The context of endpoints that change access. */
export type AccessContext = ApiContext & { readonly afterAccessChange: AfterAccessChange };

/** Creates the function. Alerts that can't be announced are left to the sweeper. */
export function createAfterAccessChange(
  { orm, backend, log }: ApiContext,
  auth: Authenticator,
): AfterAccessChange {
  const queue = backend.queues["check-low-stock"];
  const findJobs = async () => {
    const jobs = (await findAlertsWithoutRecipients(orm)).map((alert) => alertJob(alert));
    // Their jobs have run already. A job that still exists can't be announced again, so it is removed first.
    for (const { id } of jobs) await queue.forget(id);
    return jobs;
  };
  return async (actor, change) => {
    // The database notifies other processes; this one must not wait for its own notification.
    auth.onAccessChanged();
    log.info({ actor }, change);
    await announceOrLeaveToSweeper(queue, findJobs, log);
  };
}
