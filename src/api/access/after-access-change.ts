// What follows a change of who may do what: this process forgets what it remembers before it answers, and alerts
// that had no recipient are announced again, since somebody may have joined.

import { findAlertsWithoutRecipients } from "../../db/access/find-alerts-without-recipients.ts";
import { announceOrLeaveToSweeper } from "../../queues/announce-or-leave-to-sweeper.ts";
import { alertJob } from "../../queues/jobs/check-low-stock.ts";
import type { Authenticator } from "../auth/authenticator.ts";
import type { ApiContext } from "../context.ts";

/** To be awaited after each change, with who made it and what it was, in words for the log. */
export type AfterAccessChange = (actor: string, change: string) => Promise<void>;

/** What endpoints that change who may do what need. */
export type AccessContext = ApiContext & { readonly afterAccessChange: AfterAccessChange };

/** Creates what follows. It never rejects: what could not be announced is left to the sweeper. */
export function createAfterAccessChange(
  { orm, backend, log }: ApiContext,
  auth: Authenticator,
): AfterAccessChange {
  const queue = backend.queues["check-low-stock"];
  const findJobs = async () => {
    const jobs = (await findAlertsWithoutRecipients(orm)).map(alertJob);
    // Their jobs have run already, and a job that exists can't be announced again.
    for (const { id } of jobs) await queue.forget(id);
    return jobs;
  };
  return async (actor, change) => {
    // Other processes hear of the change from the database; this one must not wait to hear of its own.
    auth.onAccessChanged();
    log.info({ actor }, change);
    await announceOrLeaveToSweeper(queue, findJobs, log);
  };
}
