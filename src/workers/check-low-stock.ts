// Job `check-low-stock`, triggered by an alert that opened or escalated: writes a mail for each member of
// the alerted group. Safe to run twice, since each mail is written once per recipient. When its attempts
// end, the sweeper announces the alert again.

import { UnrecoverableError } from "bullmq";
import type { Pool } from "pg";
import type { Logger } from "pino";
import { type ComposeMail, writeLowStockMails } from "../db/alerts/write-low-stock-mails.ts";
import { alertedGroup } from "../domain/access/permissions.ts";
import { mailJob } from "../queues/announce-work.ts";
import type { JobProcessor, JobQueue } from "../queues/backend.ts";
import { parsePayload } from "./parse-payload.ts";

/** The processor of `check-low-stock`. */
export function checkLowStock(
  pool: Pool,
  mailQueue: JobQueue,
  compose: ComposeMail,
  log: Logger,
): JobProcessor {
  return async (job) => {
    const { alert, sku } = parsePayload("check-low-stock", job.data);
    const outcome = await writeLowStockMails(pool, alert, compose);
    switch (outcome.kind) {
      case "unknown-alert":
        throw new UnrecoverableError(
          `There is no alert ${alert}: this job was not made by Tallyman.`,
        );
      case "no-recipients":
        log.warn({ alert, sku }, `nobody to warn: the group ${alertedGroup} has no enabled member`);
        return { sku, outcome: `waits for a member of ${alertedGroup}` };
      case "nothing-new":
        return { sku, outcome: "everybody was told before" };
      case "out-of-use":
        return { sku, outcome: "deleted or hidden meanwhile: nobody is told" };
      case "mailed": {
        const jobs = outcome.mails.map(({ id, to }) =>
          mailJob({ id, to, about: `low stock of ${sku}` }),
        );
        await mailQueue.announce(jobs);
        return { sku, mailed: outcome.mails.map(({ to }) => to) };
      }
    }
  };
}
