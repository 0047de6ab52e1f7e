// Finished jobs are kept only for a while, and small jobs are merged. A link to a job that is gone leads to what the job
// was about.

import type { Pool } from "pg";
import { readMail } from "../../db/mails/read-mails.ts";
import { readOrder } from "../../db/orders/read-orders.ts";
import type { AnyQueue, JobQueue, QueueBackend } from "../../queues/backend.ts";
import type { JobName } from "../../queues/jobs/all-jobs.ts";

type Store = { readonly backend: QueueBackend; readonly pool: Pool };

type RowPage = (pool: Pool, id: string) => Promise<string | null>;

const pageOfOrder: RowPage = async (pool, id) =>
  (await readOrder(pool, id)) === null ? null : `/admin/orders/${id}`;

const pageOfMail: RowPage = async (pool, id) =>
  (await readMail(pool, id)) === null ? null : `/admin/settings/mails/${id}`;

/** The rows whose ids their jobs' ids begin with. */
const rowPages: { readonly [Name in JobName]?: RowPage } = {
  "process-order": pageOfOrder,
  "expire-order": pageOfOrder,
  "send-mail": pageOfMail,
};

const jobPath = /^\/queue\/([^/]+)\/(([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})[^/]*)$/;

/**
 * The page of the admin app that tells what became of a job that its queue no longer has. Null if `path`, below the
 * board's, is not that of a job, if the queue has the job, or if no row goes by the job's id.
 */
export async function pageOfGoneJob(
  { backend, pool }: Store,
  path: string,
): Promise<string | null> {
  const [, queueName, jobId, rowId] = jobPath.exec(path) ?? [];
  if (queueName === undefined || jobId === undefined || rowId === undefined) return null;
  const queue = queueCalled(backend, queueName);
  const rowPage = queue === undefined ? undefined : rowPages[queue.job];
  if (queue === undefined || rowPage === undefined) return null;
  return (await queue.lookUp(jobId)) === "none" ? rowPage(pool, rowId) : null;
}

function queueCalled(backend: QueueBackend, name: AnyQueue["name"]): JobQueue | undefined {
  return Object.values(backend.queues).find(({ bull }) => bull.name === name);
}
