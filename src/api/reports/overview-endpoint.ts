// The endpoint of the overview, which shows what needs attention now.

import { readBacklog } from "../../db/read-backlog.ts";
import { readMailState } from "../../db/mails/read-mail-state.ts";
import { readAttention } from "../../db/reports/read-attention.ts";
import { jobNames, jobs } from "../../queues/jobs/all-jobs.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { createHourCounts } from "./hour-counts.ts";
import { overviewSchema, type OverviewReply } from "../../contract/reports.ts";

const dayMs = 86_400_000;
/** How long the overview waits for the queue store, in milliseconds, before it is sent without its figures. */
const queueDeadlineMs = 1_500;

/** `GET /overview`. */
export function readOverviewEndpoint(context: ApiContext): Endpoint {
  const { pool, backend } = context;
  const hourCounts = createHourCounts(pool, 24);
  return endpoint({
    method: "get",
    path: "/overview",
    permission: "orders:read",
    tag: "Reports",
    summary: "Read what needs attention now",
    description: "Open alerts, rejected orders, failed mails, backlogs, and orders per hour.",
    replies: { 200: { description: "The overview.", schema: overviewSchema } },
    async handle() {
      const now = new Date();
      const [attention, mails, backlog, hours, queues] = await Promise.all([
        readAttention(pool, new Date(now.getTime() - dayMs)),
        readMailState(pool),
        readBacklog(pool),
        hourCounts(now),
        withinDeadline(readQueues(backend)),
      ]);
      const body: OverviewReply = {
        at: now.toISOString(),
        alerts: {
          low: attention.lowAlerts,
          out: attention.outAlerts,
          noneLeft: attention.noneLeftAlerts,
          untold: attention.untoldAlerts,
        },
        rejectedLastDay: {
          orders: attention.rejectedOrders,
          units: attention.rejectedUnits,
          paid: attention.paidRejectedOrders,
        },
        preOrderedUnits: attention.preOrderedUnits,
        mails: {
          ...mails,
          failingSince: mails.failingSince?.toISOString() ?? null,
          lastSentAt: mails.lastSentAt?.toISOString() ?? null,
        },
        orders: {
          pending: backlog.pendingOrders,
          oldestPendingSeconds: backlog.oldestOrderSeconds,
        },
        queues,
        hours: hours.map((hour) => ({ ...hour, at: hour.at.toISOString() })),
      };
      return { status: 200, body };
    },
  });
}

function readQueues({ queues }: ApiContext["backend"]) {
  return Promise.all(
    jobNames.map(async (job) => {
      const counts = await queues[job].bull.getJobCounts("wait", "active", "delayed", "failed");
      return {
        name: jobs[job].queue,
        waiting: counts["wait"] ?? counts["waiting"] ?? 0,
        active: counts["active"] ?? 0,
        delayed: counts["delayed"] ?? 0,
        failed: counts["failed"] ?? 0,
      };
    }),
  );
}

/** Resolves with null if the queue store does not answer in time, so that the rest of the overview is still shown. */
async function withinDeadline<T>(work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), queueDeadlineMs);
  });
  try {
    return await Promise.race([work.catch(() => null), late]);
  } finally {
    clearTimeout(timer);
  }
}
