// A reader beside many writers at random: it gets each event once, in order, and misses none.

import { Client, type Pool } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readHorizon } from "../../../src/db/feed/horizon.ts";
import { readFeed } from "../../../src/db/feed/read-feed.ts";
import { createPool } from "../../../src/db/sql/pool.ts";
import { createRandom } from "../../../tools/random.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { createProduct } from "../../support/stock.ts";

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { max: 4, synchronousCommit: "off", onError: () => undefined });
  await createProduct(pool, "MUG");
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const statements = [
  "insert into event (type) values ('stock.low') returning id::text",
  "insert into event (type) select 'stock.out' from generate_series(1, 4) returning id::text",
  `insert into movement (level_id, kind, change, units_after)
   select id, 'adjustment', 1, units + 1 from stock_level where sku = 'MUG' returning id::text`,
];

/** Writes transactions at random. Resolves with the places that it has committed. */
async function writeAtRandom(seed: number, transactions: number): Promise<string[]> {
  const random = createRandom(seed);
  const client = new Client({ connectionString: database.url });
  client.on("error", () => undefined);
  await client.connect();
  const committed: string[] = [];
  const writeSome = async (): Promise<string[]> => {
    const statement = statements[Math.floor(random() * statements.length)] ?? "";
    return (await client.query<{ id: string }>(statement)).rows.map(({ id }) => id);
  };
  for (let done = 0; done < transactions; done += 1) {
    const written: string[] = [];
    await client.query("begin");
    for (let left = Math.floor(random() * 4); left >= 0; left -= 1) {
      if (random() < 0.2) {
        await client.query("savepoint part");
        await writeSome();
        await client.query("rollback to part");
      } else {
        written.push(...(await writeSome()));
      }
      if (random() < 0.3) await client.query("select pg_sleep($1)", [random() * 0.01]);
    }
    if (random() < 0.2) {
      await client.query("rollback");
    } else {
      await client.query("commit");
      committed.push(...written);
    }
  }
  await client.end();
  return committed;
}

it.each([1, 2, 3])("a reader follows writers at random, seed %i", async (seed) => {
  const random = createRandom(seed);
  let after = (await readHorizon(pool)).place;
  const read: string[] = [];
  const readPage = async (): Promise<boolean> => {
    const { place: upTo } = await readHorizon(pool);
    const limit = 1 + Math.floor(random() * 9);
    const page = await readFeed(pool, { after, upTo, types: undefined, limit });
    read.push(...page.events.map(({ place }) => place));
    expect(BigInt(page.place)).toBeGreaterThanOrEqual(BigInt(after));
    after = page.place;
    return page.hasMore;
  };
  let isWriting = true;
  const writers = Promise.all(
    Array.from({ length: 8 }, (_, writer) => writeAtRandom(seed * 100 + writer, 40)),
  ).finally(() => {
    isWriting = false;
  });
  while (isWriting) await readPage();
  const committed = (await writers).flat();
  while (await readPage());
  const sorted = committed.map(BigInt).toSorted((a, b) => (a < b ? -1 : 1));
  expect(sorted.length).toBeGreaterThan(300);
  expect(read.map(BigInt)).toEqual(sorted);
});

it("a reader who is farther than the horizon stays at its place, since the horizon may step back", async () => {
  const selection = { after: "90", upTo: "70", types: undefined, limit: 10 };
  expect(await readFeed(pool, selection)).toEqual({ events: [], hasMore: false, place: "90" });
});
