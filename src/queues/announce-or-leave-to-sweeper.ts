// The one way to announce work whose row is committed. The row is safe, so nobody who stored it fails because the
// queue store is away.

import type { JobQueue } from "./backend.ts";
import type { AnnouncementOf, JobName } from "./jobs/all-jobs.ts";

/** Gets one warning for each announcement that failed, with the ids of its jobs; a pino logger is one. */
export type AnnounceLog = {
  warn(facts: { readonly err: unknown; readonly jobs: readonly string[] }, message: string): void;
};

/**
 * Announces jobs, or those that the function `jobs` finds. Never rejects: a failure is a warning in the log, and the
 * sweeper announces the rows later. Resolves within some three seconds of the search even if the queue store is away.
 */
export async function announceOrLeaveToSweeper<Name extends JobName>(
  queue: JobQueue<Name>,
  jobs: readonly AnnouncementOf<Name>[] | (() => Promise<readonly AnnouncementOf<Name>[]>),
  log: AnnounceLog,
): Promise<void> {
  let found: readonly AnnouncementOf<Name>[] = [];
  try {
    found = typeof jobs === "function" ? await jobs() : jobs;
    await queue.announce(found);
  } catch (error) {
    log.warn(
      { err: error, jobs: found.map(({ id }) => id) },
      `${queue.job}: stored but not announced; the sweeper will`,
    );
  }
}
