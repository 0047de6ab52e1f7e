// What follows a change of who may do what: this process forgets what it remembers before it answers, and
// whoever has just joined is told of what nobody was told.

import { findAlertsWithoutRecipients } from "../../db/access/find-alerts-without-recipients.ts";
import { alertJob } from "../../queues/announce-work.ts";
import type { Authenticator } from "../auth/authenticator.ts";
import type { ApiContext } from "../context.ts";

/** To be awaited after each change, with who made it and what it was, in words for the log. */
export type AfterAccessChange = (actor: string, change: string) => Promise<void>;

/** Creates what follows. It never fails: what could not be announced is left to the sweeper. */
export function createAfterAccessChange(
  { orm, backend, log }: ApiContext,
  auth: Authenticator,
): AfterAccessChange {
  const queue = backend.queues["check-low-stock"];
  return async (actor, change) => {
    // Other processes hear of the change from the database; this one must not wait to hear of its own.
    auth.onAccessChanged();
    log.info({ actor }, change);
    try {
      const jobs = (await findAlertsWithoutRecipients(orm)).map(alertJob);
      // Their jobs have run already, and a job that exists can't be announced again.
      for (const { id } of jobs) await queue.forget(id);
      await queue.announce(jobs);
    } catch (error) {
      log.warn({ err: error }, "alerts that nobody was told of could not be announced just now");
    }
  };
}
