// The sweeper: announces again what has waited too long and has no job that could still get it done. It is
// what makes a lost, flushed or given-up job harmless.

import type { Pool } from "pg";
import type { Logger } from "pino";
import { beforeAll, removeExpired } from "../../db/sweep/find-forgotten.ts";
import { withSweepLock } from "../../db/sweep/sweep-lock.ts";
import type { JobQueue, QueueBackend } from "../../queues/backend.ts";
import { sweptAlerts, type SweptKind, sweptMails, sweptOrders } from "./swept-kinds.ts";

/** How often the sweeper looks, and how old work must be before it is looked at. */
export type SweepSettings = { readonly intervalMs: number; readonly afterMs: number };

/** A running sweeper. */
export type Sweeper = {
  /** Ends the sweeping; a sweep under way is finished first. */
  close(): Promise<void>;
};

/** Rows that one page holds, and pages that one sweep reads of each kind at most. */
const limits = { page: 150, pages: 1_000 };

/** Starts sweeping: once at once, then at each interval. */
export function startSweeper(
  pool: Pool,
  backend: QueueBackend,
  settings: SweepSettings,
  log: Logger,
): Sweeper {
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let sweeping = Promise.resolve();

  const sweepThenWait = (): void => {
    sweeping = sweepOnce(pool, backend, settings.afterMs, () => closed)
      .then((announced) => {
        if (announced > 0) log.info({ announced }, "announced again what had lost its job");
      })
      .catch((error: unknown) => log.warn({ err: error }, "sweep failed; the next one tries again"))
      .finally(() => {
        if (!closed) timer = setTimeout(sweepThenWait, settings.intervalMs);
      });
  };
  sweepThenWait();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await sweeping;
    },
  };
}

/**
 * Sweeps once, unless another process is at it. Resolves with the number of rows that were announced again.
 * `stop` is asked between pages.
 */
export async function sweepOnce(
  pool: Pool,
  { queues }: Pick<QueueBackend, "queues">,
  ageMs: number,
  stop: () => boolean = () => false,
): Promise<number> {
  let announced = 0;
  await withSweepLock(pool, async () => {
    announced += await sweepKind(sweptOrders(pool, queues["process-order"]), ageMs, stop);
    announced += await sweepKind(sweptAlerts(pool, queues["check-low-stock"]), ageMs, stop);
    announced += await sweepKind(sweptMails(pool, queues["send-mail"]), ageMs, stop);
    await removeExpired(pool);
  });
  return announced;
}

async function sweepKind<Row extends { readonly id: string }>(
  kind: SweptKind<Row>,
  ageMs: number,
  stop: () => boolean,
): Promise<number> {
  let announced = 0;
  let after = beforeAll;
  for (let page = 0; page < limits.pages && !stop(); page += 1) {
    const rows = await kind.find({ after, limit: limits.page, ageMs });
    const jobIds = [...new Set(rows.map((row) => kind.jobIdOf(row)))];
    const areLost = await Promise.all(jobIds.map((id) => isLost(kind.queue, id)));
    const lostJobs = new Set(jobIds.filter((_id, index) => areLost[index]));
    const lost = rows.filter((row) => lostJobs.has(kind.jobIdOf(row)));
    await kind.announce(lost);
    announced += lost.length;
    after = rows.at(-1)?.id ?? after;
    if (rows.length < limits.page) break;
  }
  return announced;
}

/**
 * Whether nothing in the queue will get this row done. A job that has finished or failed holds its id, so
 * it is forgotten first: BullMQ adds no job under an id that it knows.
 */
async function isLost(queue: JobQueue, jobId: string): Promise<boolean> {
  const found = await queue.lookUp(jobId);
  if (found === "ended") await queue.forget(jobId);
  return found !== "open";
}
