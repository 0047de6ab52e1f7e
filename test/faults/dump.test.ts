// A store that moves to a fresh cluster by pg_dump and psql: a program that follows the feed goes on there.

import { pino } from "pino";
import { afterEach, describe, expect, it } from "vitest";
import { createClient, TallymanPlaceGone } from "../../client/client.ts";
import { readConfig } from "../../src/config.ts";
import { migrate } from "../../src/db/migrate.ts";
import { type Running, start } from "../../src/process/start.ts";
import {
  type DebianPostgres,
  dumpAndRestore,
  startDebianPostgres,
} from "../../tools/lab/debian-postgres.ts";
import { stockShop } from "../../tools/lab/shop.ts";
import { labKey } from "../../tools/lab/lab.ts";
import {
  createFeedCopy,
  type FeedCopy,
  findDifferences,
  readLastPlace,
} from "../support/feed-copy.ts";
import { readRows } from "../support/read-rows.ts";

const running: Running[] = [];
const servers: DebianPostgres[] = [];

afterEach(async () => {
  for (const service of running.splice(0)) await service.stop();
  for (const server of servers.splice(0)) await server.stop();
});

async function startServer(): Promise<DebianPostgres> {
  const server = await startDebianPostgres();
  servers.push(server);
  return server;
}

/** Starts API and worker on a database. Resolves with the service's address. */
async function serve({ url }: DebianPostgres): Promise<string> {
  const environment = {
    PORT: "0",
    DATABASE_URL: url,
    LOG_LEVEL: "silent",
    SHUTDOWN_GRACE_MS: "0",
    BOOTSTRAP_API_KEY: labKey,
  };
  const options = { roles: ["api", "worker"], log: pino({ level: "silent" }) } as const;
  const service = await start(readConfig(environment), options);
  running.push(service);
  return service.apiUrl ?? "";
}

const sql = <Row extends object>({ url }: DebianPostgres, text: string): Promise<Row[]> =>
  readRows<Row>(url, text);

/** Follows into a copy, from its place to another one. */
async function followInto(copy: FeedCopy, url: string, upTo: bigint): Promise<void> {
  const events = createClient({ url, key: labKey }).events({ after: copy.place() });
  while (BigInt(copy.place()) < upTo) copy.take((await events.next()).value);
}

/** What `findDifferences` and `readLastPlace` read. */
const tablesOf = (server: DebianPostgres) => ({
  sql: <Row extends object>(text: string) => sql<Row>(server, text),
});

/** Places orders of one unit each, and resolves when all are decided. */
async function sell(url: string, prefix: string, count: number): Promise<void> {
  const { orders } = createClient({ url, key: labKey });
  const placed = Array.from({ length: count }, (_, number) =>
    orders.place(
      { reference: `${prefix}-${number}`, lines: [{ sku: "MUG", quantity: 1 }] },
      { wait: 20 },
    ),
  );
  expect((await Promise.all(placed)).map(({ status }) => status)).toEqual(
    placed.map(() => "confirmed"),
  );
}

describe("after a dump and a restore into a fresh cluster", { timeout: 120_000 }, () => {
  it("a program goes on from its place and misses nothing; one that had read more is told so", async () => {
    const old = await startServer();
    await migrate(old.url);
    // Places, and ids of transactions, are far from those that a fresh cluster hands out.
    await sql(old, "select setval('feed_place', 5000000000)");
    const oldUrl = await serve(old);
    await stockShop(oldUrl, [{ sku: "MUG", units: 1_000, threshold: 5 }]);
    await sell(oldUrl, "A", 20);
    const behind = createFeedCopy();
    await followInto(behind, oldUrl, await readLastPlace(tablesOf(old)));
    await sell(oldUrl, "B", 10);

    // Orders come in while it is dumped.
    const fresh = await startServer();
    const selling = sell(oldUrl, "C", 30);
    await dumpAndRestore(old.url, fresh.url);
    await selling;
    await sell(oldUrl, "D", 1);
    const ahead = createFeedCopy();
    await followInto(ahead, oldUrl, await readLastPlace(tablesOf(old)));
    await running.pop()?.stop();

    const identifier = "select system_identifier::text as id from pg_control_system()";
    expect(await sql(fresh, identifier)).not.toEqual(await sql(old, identifier));
    const freshUrl = await serve(fresh);
    const gone = await createClient({ url: freshUrl, key: labKey })
      .events({ after: ahead.place() })
      .next()
      .catch((error: unknown) => error);
    expect(gone).toBeInstanceOf(TallymanPlaceGone);

    await sell(freshUrl, "E", 20);
    const end = await readLastPlace(tablesOf(fresh));
    await followInto(behind, freshUrl, end);
    expect(await findDifferences(tablesOf(fresh), behind)).toEqual([]);
    expect(behind.orders.size).toBeGreaterThanOrEqual(50);
    const fromBeginning = createFeedCopy();
    await followInto(fromBeginning, freshUrl, end);
    expect([...fromBeginning.told]).toEqual([...behind.told]);
  });
});
