// Whether decisions get slower when a store has many orders.

import { Client, Pool } from "pg";
import { products, uniformBasket } from "../support/catalogue.ts";
import { drain } from "../support/drain.ts";
import { type Figure, type Measurement, ratioOf } from "../support/figure.ts";
import { type Laboratory, templateDatabase } from "../support/laboratory.ts";
import { drainUniform } from "./drain.ts";

/** The database with many orders. It is created once in a run, and each round adds some orders. */
const grownDatabase = "bench_grown";

const drainGrown: Measurement = {
  name: "drain, many orders stored",
  unit: "orders/s",
  needs: ["redis-server"],
  async take(lab) {
    await growOnce(lab);
    const what = { on: "Redis", basket: uniformBasket, database: grownDatabase } as const;
    return (await drain(lab, { ...what, orders: lab.amounts.orders })).ordersPerSecond;
  },
};

async function growOnce(lab: Laboratory): Promise<void> {
  const server = new Client({ connectionString: lab.postgresUrl });
  await server.connect();
  try {
    const exists = "select from pg_database where datname = $1";
    if ((await server.query(exists, [grownDatabase])).rowCount === 1) return;
    await server.query(`create database ${grownDatabase} template ${templateDatabase}`);
  } finally {
    await server.end();
  }
  const { storedOrders } = lab.amounts;
  lab.report(`storing ${storedOrders.toLocaleString("en")} confirmed orders`);
  const connectionString = new URL(`/${grownDatabase}`, lab.postgresUrl).href;
  const pool = new Pool({ connectionString, max: 4 });
  try {
    const started = performance.now();
    await grow(pool, storedOrders);
    lab.report(`  stored in ${Math.round((performance.now() - started) / 1_000)} s`);
  } finally {
    await pool.end();
  }
}

/**
 * Stores confirmed orders: each with two lines, two movements and one event, one every six seconds up to today. Every
 * thousand orders take two units of each of a thousand products. Indexes are dropped before and created afterwards, which
 * is faster and makes them no worse.
 */
async function grow(pool: Pool, orders: number): Promise<void> {
  const { rows: indexes } = await pool.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
     from pg_index where not indisprimary
       and indrelid in ('"order"'::regclass, 'order_line'::regclass, 'movement'::regclass, 'event'::regclass)`,
  );
  for (const { name } of indexes) await pool.query(`drop index ${name}`);
  await pool.query("alter table movement drop constraint movement_pkey");
  await pool.query(`create unlogged table past as
    select n, (n - 1) / ${products.uniform} as block, (n - 1) % ${products.uniform} as place, at,
      (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(n % 4096), 3, '0')
        || 'a' || substr(md5(n::text), 1, 15))::uuid as id
    from (select n, date_trunc('day', now()) - (${orders} - n) * interval '6 seconds' as at
      from generate_series(1, ${orders}) n) numbered`);
  await Promise.all([
    pool.query(`insert into "order" (id, reference, fingerprint, status, requested, accepted_at, accepted_by, decided_at)
      select id, 'PAST-' || n, sha256(id::text::bytea), 'confirmed',
        ('[[' || place + 1 || ',1],[' || (place + 500) % 1000 + 1 || ',1]]')::json, at, 'key:bench', at from past`),
    pool.query(`insert into order_line (order_id, line, item_id, holder_id, quantity, allocated, pre_ordered)
      select id, line, level, level, 1, 1, 0 from past, lateral (
        values (0, place + 1), (1, (place + 500) % 1000 + 1)) l (line, level)`),
    // In each block of a thousand orders a product is in one first line and one second line; the earlier one counts first.
    pool.query(`insert into movement (level_id, kind, change, units_after, order_id, at)
      select level, 'sale', -1, l.units - 2 * block - (case when (place < 500) then 1 else 2 end), past.id, at
      from past, lateral (values (place + 1), ((place + 500) % 1000 + 1)) s (level)
      join stock_level l on l.id = level order by past.n`),
    pool.query(
      `insert into event (type, order_id, at) select 'order.confirmed', id, at from past order by n`,
    ),
  ]);
  await pool.query(
    `update stock_level set units = units - ${(2 * orders) / products.uniform} where id <= ${products.uniform}`,
  );
  await pool.query("alter table movement add primary key (level_id, id)");
  await Promise.all(indexes.map(({ definition }) => pool.query(definition)));
  await pool.query("drop table past");
  await pool.query("vacuum analyze");
  await pool.query("checkpoint");
}

export const growthFigure: Figure = {
  id: "growth",
  title: "growth",
  measured: "drain with 5,000,000 orders stored, 10,000,000 lines (--quick: 50,000)",
  yardstick: "drain on an empty database",
  unit: "orders/s",
  ...ratioOf(drainGrown, drainUniform),
  goal: { atLeast: 0.9 },
};
