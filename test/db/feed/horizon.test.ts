// What holds the horizon of the feed, and what does not.

import { Client, type Pool } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readHorizon } from "../../../src/db/feed/horizon.ts";
import { readFeedDelay, requireFeedMoves } from "../../../src/db/feed/read-feed-delay.ts";
import { migrate } from "../../../src/db/migrate.ts";
import { createPool } from "../../../src/db/sql/pool.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { createProduct } from "../../support/stock.ts";

let database: TestDatabase;
let pool: Pool;
let clients: Client[] = [];

const connect = async (url = database.url) => {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  clients.push(client);
  return client;
};
const openPool = (url: string) =>
  createPool(url, { max: 4, synchronousCommit: "on", onError: () => undefined });

beforeAll(async () => {
  database = await createTestDatabase();
  pool = openPool(database.url);
  await createProduct(pool, "MUG");
});
beforeEach(() => {
  clients = [];
});
afterEach(async () => {
  await Promise.all(clients.map((client) => client.end()));
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const writeEvent = "insert into event (type) values ('stock.low') returning id::text";
const writeMovement = `insert into movement (level_id, kind, change, units_after)
  select id, 'adjustment', 1, units + 1 from stock_level where sku = 'MUG'`;

/** Writes an event on a connection. Resolves with its place. */
async function write(on: Pick<Client, "query">): Promise<bigint> {
  const { rows } = await on.query<{ id: string }>(writeEvent);
  return BigInt(rows[0]?.id ?? 0);
}

/** A connection with an open transaction that has written to the feed. */
async function openWriter(url?: string) {
  const writer = await connect(url);
  await writer.query("begin");
  return { writer, place: await write(writer), pid: await pidOf(writer) };
}

async function pidOf(client: Client): Promise<number | undefined> {
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  return rows[0]?.pid;
}

/** Expects that nothing holds the horizon: it is at the last place, after another writer's commit. */
async function expectComplete(on = pool): Promise<void> {
  const place = String(await write(on));
  expect(await readHorizon(on)).toEqual({ place, lastPlace: place, heldBy: null });
}

describe("the horizon is held", () => {
  it("by a writer, at the place before its first, until it commits", async () => {
    const { writer, place, pid } = await openWriter();
    const later = await write(pool);
    expect(await readFeedDelay(pool)).toEqual({
      places: 2,
      seconds: expect.any(Number),
      heldBy: pid,
    });
    await expect(requireFeedMoves(pool, 0)).rejects.toThrow(`process id ${pid} holds`);
    await expect(requireFeedMoves(pool)).resolves.toBeUndefined();
    const held = { place: String(place - 1n), lastPlace: String(later), heldBy: pid };
    expect(await readHorizon(pool)).toEqual(held);
    await write(writer);
    expect(await readHorizon(pool)).toMatchObject({ place: held.place, heldBy: pid });
    await writer.query("commit");
    await expectComplete();
  });

  it("by the writer that began first, of several", async () => {
    const first = await openWriter();
    const second = await openWriter();
    expect(await readHorizon(pool)).toMatchObject({
      place: String(first.place - 1n),
      heldBy: first.pid,
    });
    await first.writer.query("commit");
    expect(await readHorizon(pool)).toMatchObject({
      place: String(second.place - 1n),
      heldBy: second.pid,
    });
    await second.writer.query("rollback");
    await expectComplete();
  });

  it("by a change of stock that is not committed", async () => {
    const writer = await connect();
    await writer.query(`begin; ${writeMovement}`);
    expect(await readHorizon(pool)).toMatchObject({ heldBy: await pidOf(writer) });
    await writer.query("commit");
    await expectComplete();
  });

  it("with one lock, however much a transaction writes", async () => {
    const { writer, pid } = await openWriter();
    await writer.query(`${writeEvent}; ${writeMovement}; savepoint later; ${writeEvent}`);
    const { rows } = await pool.query(
      "select count(*)::integer as locks from pg_locks where locktype = 'advisory' and pid = $1",
      [pid],
    );
    expect(rows).toEqual([{ locks: 1 }]);
    await writer.query("commit");
  });

  it("again by a transaction that writes after it has rolled back what it wrote first", async () => {
    const writer = await connect();
    await writer.query(`begin; savepoint beginning; ${writeEvent}; rollback to beginning`);
    await expectComplete();
    const place = await write(writer);
    await write(pool);
    expect(await readHorizon(pool)).toMatchObject({
      place: String(place - 1n),
      heldBy: await pidOf(writer),
    });
    await writer.query("commit");
  });
});

describe("the horizon is not held", () => {
  it("by a transaction that was rolled back, or whose connection ended", async () => {
    const aborted = await openWriter();
    expect(await readHorizon(pool)).toMatchObject({ heldBy: aborted.pid });
    await aborted.writer.query("rollback");
    await expectComplete();
    const cut = await openWriter();
    await pool.query("select pg_terminate_backend($1, 10000)", [cut.pid]).catch(() => undefined);
    clients = clients.filter((client) => client !== cut.writer);
    await expectComplete();
  });

  it("by a transaction of another program in the same database, even one that writes or reads long", async () => {
    const other = await connect();
    await other.query("create table if not exists not_of_the_feed (a integer)");
    await other.query("begin isolation level repeatable read");
    await other.query("insert into not_of_the_feed select 1 from pg_current_xact_id()");
    await other.query("select count(*) from event");
    await other.query("select pg_advisory_xact_lock(1, 2)");
    await expectComplete();
    expect(await readFeedDelay(pool)).toEqual({ places: 0, seconds: 0, heldBy: null });
  });

  it("by a writer of another store on the same server", async () => {
    const otherDatabase = await createTestDatabase();
    const { pid } = await openWriter(otherDatabase.url);
    expect(pid).toBeDefined();
    await expectComplete();
    await otherDatabase.drop().catch(() => undefined);
    clients = [];
  });

  it("by a writer of another store in the same database, in another schema", async () => {
    await pool.query("create schema other");
    const url = new URL(database.url);
    url.searchParams.set("options", "-c search_path=other");
    await migrate(url.href);
    const otherPool = openPool(url.href);
    const { writer, place, pid } = await openWriter(url.href);
    await expectComplete();
    await write(otherPool);
    expect(await readHorizon(otherPool)).toMatchObject({ place: String(place - 1n), heldBy: pid });
    const own = await openWriter();
    await writer.query("commit");
    await expectComplete(otherPool);
    await own.writer.query("commit");
    await otherPool.end();
  });
});

describe("the horizon is right where the half of a place that its lock holds begins anew", () => {
  it.each([
    ["the greatest signed half", 2n ** 31n],
    ["the greatest half", 2n ** 32n],
    ["a later turn", 5n * 2n ** 32n + 2n ** 31n],
  ])("at %s", async (_where, turn) => {
    for (let before = 3n; before >= -1n; before -= 1n) {
      await pool.query("select setval('feed_place', $1)", [String(turn - before)]);
      const first = await openWriter();
      const second = await openWriter();
      await write(pool);
      await write(pool);
      expect(await readHorizon(pool)).toEqual({
        place: String(first.place - 1n),
        lastPlace: String(first.place + 3n),
        heldBy: first.pid,
      });
      await first.writer.query("rollback");
      expect(await readHorizon(pool)).toMatchObject({
        place: String(second.place - 1n),
        heldBy: second.pid,
      });
      await second.writer.query("rollback");
      await expectComplete();
      await pool.query("delete from event where id > $1", [String(turn - 10n)]);
    }
  });
});
