// A store that was copied into a fresh cluster: its feed goes on where the copy was made. The rows and the sequence are
// copied as a dump would: row by row, without triggers. Numbers of transactions and of objects begin anew there.

import { Client } from "pg";
import { expect, it } from "vitest";
import { readHorizon } from "../../../src/db/feed/horizon.ts";
import { readFeed } from "../../../src/db/feed/read-feed.ts";
import { migrate } from "../../../src/db/migrate.ts";
import { createPool } from "../../../src/db/sql/pool.ts";
import { startThrowawayPostgres } from "../../../tools/throwaway-postgres.ts";
import { createTestDatabase } from "../../support/database.ts";
import { createProduct } from "../../support/stock.ts";

const openPool = (url: string) =>
  createPool(url, { max: 4, synchronousCommit: "on", onError: () => undefined });

/** Copies all rows and the sequences of a store into a migrated one. */
async function copyStore(from: Client, to: Client): Promise<void> {
  await to.query("set session_replication_role = replica");
  const { rows: tables } = await from.query<{ name: string }>(
    `select quote_ident(relname) as name from pg_class
     where relnamespace = 'public'::regnamespace and relkind = 'r'`,
  );
  for (const { name } of tables) {
    const { rows } = await from.query<{ rows: string | null }>(
      `select json_agg(t)::text as rows from ${name} t`,
    );
    const { rows: columns } = await to.query<{ list: string }>(
      `select string_agg(quote_ident(attname), ', ') as list from pg_attribute
       where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
      [name],
    );
    const list = columns[0]?.list ?? "";
    await to.query(`delete from ${name}`);
    await to.query(
      `insert into ${name} (${list}) overriding system value
       select ${list} from json_populate_recordset(null::${name}, $1::json)`,
      [rows[0]?.rows ?? "[]"],
    );
  }
  const { rows: sequences } = await from.query<{ name: string; last: string | null }>(
    `select quote_ident(sequencename) as name, last_value::text as last from pg_sequences
     where schemaname = 'public'`,
  );
  for (const { name, last } of sequences) {
    if (last !== null) await to.query("select setval($1::regclass, $2)", [name, last]);
  }
}

it("the feed goes on in a fresh cluster, with the same places", async () => {
  const database = await createTestDatabase();
  const fresh = await startThrowawayPostgres({});
  const [from, to] = [database.url, fresh.url].map(
    (connectionString) => new Client({ connectionString }),
  );
  const pool = openPool(database.url);
  const freshPool = openPool(fresh.url);
  try {
    if (from === undefined || to === undefined) throw new Error("Expected two connections.");
    await Promise.all([from.connect(), to.connect(), migrate(fresh.url)]);
    // Places of the old cluster are far from those that a fresh one would hand out.
    await from.query("select setval('feed_place', 5000000000)");
    await createProduct(pool, "MUG");
    await from.query("insert into event (type) select 'stock.low' from generate_series(1, 20)");
    const all = { after: "0", types: undefined, limit: 1_000 };
    const { place: upTo } = await readHorizon(pool);
    const told = await readFeed(pool, { ...all, upTo });

    await copyStore(from, to);
    expect(await readHorizon(freshPool)).toEqual({ place: upTo, lastPlace: upTo, heldBy: null });
    expect(await readFeed(freshPool, { ...all, upTo })).toEqual(told);

    await to.query("set session_replication_role = origin");
    await to.query("begin");
    await to.query("insert into event (type) values ('stock.out')");
    await freshPool.query("insert into event (type) values ('stock.recovered')");
    expect((await readHorizon(freshPool)).place).toBe(upTo);
    await to.query("commit");
    const { place } = await readHorizon(freshPool);
    const later = await readFeed(freshPool, { ...all, after: upTo, upTo: place });
    expect(later.events.map(({ type }) => type)).toEqual(["stock.out", "stock.recovered"]);
  } finally {
    await Promise.all([pool.end(), freshPool.end(), from?.end(), to?.end()]);
    await fresh.stop();
    await database.drop();
  }
});
