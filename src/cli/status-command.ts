// `tallyman status`: what waits, what failed, and when the books were last checked. It reads the configured database,
// and asks the service on this machine, if one runs.

import type { Pool } from "pg";
import { readConfig } from "../config.ts";
import { readLastRun } from "../db/audit/runs.ts";
import { readFeedDelay } from "../db/feed/read-feed-delay.ts";
import { readBacklog } from "../db/read-backlog.ts";
import { createPool } from "../db/sql/pool.ts";
import { serverName } from "../db/sql/primary.ts";
import type { Given } from "./command.ts";
import { requireSchema, withConfiguredDatabase } from "./configured-database.ts";
import { listenAt } from "./doctor/check-addresses.ts";
import { inColumns } from "./in-columns.ts";

/** Prints the status. It resolves if it could be read, whatever it is: `tallyman doctor` judges. */
export async function statusCommand({ environment, options }: Given): Promise<void> {
  const config = readConfig(environment);
  const heard = await listenAt(config);
  const service = heard.kind === "service" ? heard.status : "does not run on this machine";
  await withConfiguredDatabase(environment, async (url) => {
    await requireSchema(url);
    const pool = createPool(url, { max: 1, synchronousCommit: "on", onError: () => undefined });
    try {
      const backlog = await readBacklog(pool);
      const feed = await readFeedDelay(pool);
      const audit = await readLastRun(pool);
      const status = {
        service,
        databaseServer: await readServer(pool),
        ...backlog,
        feedBehindPlaces: feed.places,
        lastAuditAt: audit?.endedAt.toISOString() ?? null,
        lastAuditHeld: audit?.held ?? null,
      };
      const text =
        options["json"] === true
          ? JSON.stringify({ format: 1, ...status })
          : inColumns(statusRows(status), 120).join("\n");
      process.stdout.write(`${text}\n`);
    } finally {
      await pool.end();
    }
  });
}

/** The server that the database is on, as the address names it; of several, the primary. */
async function readServer(pool: Pool): Promise<string> {
  const client = await pool.connect();
  client.release();
  return serverName(client);
}

type Status = Awaited<ReturnType<typeof readBacklog>> & {
  readonly service: string;
  readonly databaseServer: string;
  readonly feedBehindPlaces: number;
  readonly lastAuditAt: string | null;
  readonly lastAuditHeld: boolean | null;
};

function statusRows(status: Status): [string, string | number][] {
  const held = status.lastAuditHeld === true ? "the books balance" : "the books do not balance";
  return [
    ["service", status.service],
    ["PostgreSQL", status.databaseServer],
    ["orders that wait for their decision", status.pendingOrders],
    ["  the oldest has waited, in seconds", Math.round(status.oldestOrderSeconds)],
    ["orders that wait for their payment", status.unpaidOrders],
    ["  of them too late, and not expired yet", status.overdueOrders],
    ["open alerts", status.openAlerts],
    ["mails that wait", status.unsentMails],
    ["mails that could not be sent", status.failedMails],
    ["places by which the feed of events is behind", status.feedBehindPlaces],
    ["last audit", status.lastAuditAt === null ? "none yet" : `${status.lastAuditAt}, ${held}`],
  ];
}
