// No read of a grown store walks a whole table: PostgreSQL is asked how many rows each looks at.

import type { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listAlerts } from "../../src/db/alerts/list-alerts.ts";
import { writeLowStockMails } from "../../src/db/alerts/write-low-stock-mails.ts";
import { listOutlooks } from "../../src/db/forecast/list-outlooks.ts";
import { readFeed } from "../../src/db/feed/read-feed.ts";
import { readMailState } from "../../src/db/mails/read-mail-state.ts";
import { listMails } from "../../src/db/mails/read-mails.ts";
import { readOrders } from "../../src/db/orders/read-orders.ts";
import { createPool } from "../../src/db/sql/pool.ts";
import { readBacklog } from "../../src/db/read-backlog.ts";
import { readAttention } from "../../src/db/reports/read-attention.ts";
import { listRejectedItems } from "../../src/db/reports/list-rejected-items.ts";
import { prune } from "../../src/db/retention/prune.ts";
import { readHours } from "../../src/db/reports/read-hours.ts";
import { readStockHistory, readUnitsBefore } from "../../src/db/reports/read-stock-history.ts";
import { listMovements } from "../../src/db/stock/list-movements.ts";
import {
  beforeAll as beforeAllIds,
  findOpenMails,
  findPendingOrders,
  findUncheckedAlerts,
} from "../../src/db/sweep/find-forgotten.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { countRows } from "./support/count-rows.ts";
import { grown, growStore } from "./support/grown-store.ts";

let database: TestDatabase;
let pool: Pool;
/** As the worker plans: once, for whatever values come. */
let workersPool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  const options = { max: 1, synchronousCommit: "off", onError: () => {} } as const;
  pool = createPool(database.url, options);
  workersPool = createPool(database.url, { ...options, plans: "once" });
  await growStore(pool);
});

afterAll(async () => {
  await pool?.end();
  await workersPool?.end();
  await database?.drop();
});

const dayMs = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * dayMs);
const page = { after: beforeAllIds, limit: 150, ageMs: 0 };
const alerts = { status: undefined, sku: undefined, before: undefined, limit: 51 };
const mails = { status: undefined, q: undefined, alertId: undefined, before: undefined, limit: 51 };
const history = (days: number) => ({ levelId: 1, since: ago(days), days, pointsMax: 240 });

const once = { stop: () => false, confirm: () => Promise.resolve(), portions: 1 };

/** Far less than any of the grown tables holds. */
const few = 1_000;

type Read = readonly [name: string, rowsMax: number, run: () => Promise<unknown>];

const reads: readonly Read[] = [
  ["alerts, with their mails", few * 3, () => listAlerts(pool, alerts)],
  ["open alerts", few * 3, () => listAlerts(pool, { ...alerts, status: "open" })],
  ["ended alerts", few * 3, () => listAlerts(pool, { ...alerts, status: "ended" })],
  ["alerts of the product", few, () => listAlerts(pool, { ...alerts, sku: "P-1" })],
  ["alerts of nothing", few, () => listAlerts(pool, { ...alerts, sku: "NONE" })],
  ["mails of an alert", few, async () => listMails(pool, { ...mails, alertId: await theAlert() })],
  ["mails that failed", few, () => listMails(pool, { ...mails, status: "failed" })],
  ["the product's last week", 10_000, () => readStockHistory(pool, history(7))],
  ["the product's last year", 10_000, () => readStockHistory(pool, history(366))],
  ["its count a month ago", few, () => readUnitsBefore(pool, 1, ago(30))],
  [
    "what can be expected of it",
    few * 3,
    () => listOutlooks(pool, "P-1", { after: undefined, limit: 51 }),
  ],
  ["its ledger", few, () => listMovements(pool, 1, { before: undefined, limit: 51 })],
  ["how mailing goes", few * 4, () => readMailState(pool)],
  [
    "items that orders were rejected for",
    few * 3,
    () => listRejectedItems(pool, { since: ago(1), limit: 10 }),
  ],
  [
    "open alerts in a state",
    grown.alerts + few,
    () => listAlerts(pool, { ...alerts, status: "open", state: "out" }),
  ],
  ["what needs a person", grown.alerts + few, () => readAttention(pool, ago(1))],
  ["the backlog", grown.alerts + few, () => readBacklog(pool)],
  ["an hour", few, () => readHours(pool, [ago(2)])],
  ["events", few, () => readFeed(pool, { ...wholeFeed, types: undefined })],
  [
    "events of a rare type",
    few,
    () => readFeed(pool, { ...wholeFeed, types: ["shop.productOutOfStock"] }),
  ],
  ["orders", few, () => readOrders(pool, { limit: 51 })],
  ["the product's orders", 12_000, () => readOrders(pool, { sku: "P-1", limit: 51 })],
];

/** These the worker does, on connections that plan a statement once for whatever values come. */
const workersReads: readonly Read[] = [
  ["what an alert's mail tells", few, async () => writeMails(await theAlert())],
  ["orders that wait", few, () => findPendingOrders(workersPool, page)],
  ["alerts with news", few, () => findUncheckedAlerts(workersPool, { ...page, group: "none" })],
  ["mails that wait", few, () => findOpenMails(workersPool, page)],
  ["what has run out", few, () => prune(workersPool, { requests: 7 }, once)],
  // Four portions of 500 rows at most, each looked at and deleted; of what stays, the alerts of mails are looked up.
  [
    "what is older than it is kept",
    12_000,
    () => prune(workersPool, { events: 30, mails: 30, requests: 7 }, once),
  ],
];

describe("in a grown store few rows are looked at for", () => {
  test.each(reads)("%s", async (_name, rowsMax, read) => {
    expect(await countRows(pool, read)).toBeLessThan(rowsMax);
  });

  test.each(workersReads)("%s", async (_name, rowsMax, read) => {
    expect(await countRows(workersPool, read)).toBeLessThan(rowsMax);
  });
});

const wholeFeed = { after: "0", upTo: "999999999999", limit: 101 };

/** The open alert of the product that sold much, with news again. */
async function theAlert(): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `update stock_alert set opened_checked_at = null where level_id = 1 and ended_at is null
     returning id`,
  );
  return rows[0]?.id ?? "";
}

async function writeMails(alertId: string): Promise<void> {
  const compose = () => ({ templateCode: "code", data: {}, messageIdHost: "example.com" });
  const outcome = await writeLowStockMails(workersPool, alertId, { compose, gatherMs: 0 });
  expect(outcome.kind).toBe("mailed");
}
