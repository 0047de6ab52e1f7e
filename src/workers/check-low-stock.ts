// Job `check-low-stock`, triggered by an alert that opened or got worse: writes a mail for each person who is told of it.
// Safe to run twice, since a recipient gets one mail for each piece of news. When its attempts end, the sweeper announces
// the alert again.

import { UnrecoverableError } from "bullmq";
import type { Pool } from "pg";
import type { Logger } from "pino";
import { type CheckOptions, writeLowStockMails } from "../db/alerts/write-low-stock-mails.ts";
import { alertedGroup } from "../domain/access/permissions.ts";
import { announceOrLeaveToSweeper } from "../queues/announce-or-leave-to-sweeper.ts";
import type { JobProcessor, JobQueue } from "../queues/backend.ts";
import { mailJob } from "../queues/jobs/send-mail.ts";
import { parsePayload } from "./parse-payload.ts";

/**
 * Creates the processor of `check-low-stock`. A job fails if the database does not answer, and fails for good if there is no
 * such alert. Mails that can't be announced are left to the sweeper.
 */
export function createLowStockProcessor(
  pool: Pool,
  mailQueue: JobQueue<"send-mail">,
  options: CheckOptions,
  log: Logger,
): JobProcessor {
  return async (job) => {
    const { alert, sku } = parsePayload("check-low-stock", job.data);
    const outcome = await writeLowStockMails(pool, alert, options);
    switch (outcome.kind) {
      case "unknown-alert":
        throw new UnrecoverableError(
          `There is no alert ${alert}: this job was not made by Tallyman.`,
        );
      case "no-recipients":
        log.warn(
          { alert, sku },
          `nobody to notify: the group ${alertedGroup} has no enabled member who wants mails`,
        );
        return { sku, outcome: `waits for a member of ${alertedGroup}` };
      case "nothing-new":
        return { sku, outcome: "everybody was notified before" };
      case "waits":
        return {
          sku,
          outcome: `told often today: waits until ${outcome.until.toISOString()}`,
        };
      case "snoozed":
        return { sku, outcome: `snoozed until ${outcome.until.toISOString()}` };
      case "overtaken":
        return { sku, outcome: "told often today, and units rose: nobody is notified" };
      case "out-of-use":
        return { sku, outcome: "deleted or hidden meanwhile: nobody is notified" };
      case "mailed": {
        const jobs = outcome.mails.map(({ id, to, delayMs }) =>
          mailJob({ id, to, about: `low stock of ${sku}` }, delayMs),
        );
        await announceOrLeaveToSweeper(mailQueue, jobs, log);
        log.debug({ alert, sku, mails: jobs.map(({ id }) => id) }, "alert told");
        return { sku, mailed: outcome.mails.map(({ to }) => to) };
      }
    }
  };
}
