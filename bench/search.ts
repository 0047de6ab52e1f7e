// Measures searches of orders: `node bench/search.ts [orders]`. It fills a store of its own, which is deleted at the end,
// and prints how long each search takes, 50 times each. See docs/measuring.md.

import type { Pool } from "pg";
import { migrate } from "../src/db/migrate.ts";
import { findOrdersByText, findOrdersOfReference } from "../src/db/search/find-orders.ts";
import { createPool } from "../src/db/sql/pool.ts";
import { startThrowawayPostgres } from "../tools/throwaway-postgres.ts";
import { fillOrders } from "./fill-orders.ts";

const report = (sentence: string): void => void process.stderr.write(`${sentence}\n`);

/** What is searched: frequent and rare words, of new and of old orders, and words that no order has. */
const searches: readonly (readonly [
  what: string,
  search: Parameters<typeof findOrdersByText>[1],
])[] = [
  ["a part of one reference", { q: "0000077", limit: 51 }],
  ["a frequent part of references", { q: "web", limit: 51 }],
  ["a part of the older half's references", { q: "web-2024", limit: 51 }],
  ["a first name", { q: "zoe", limit: 51 }],
  ["a first and a rare last name", { q: "zoe bermannsen", limit: 51 }],
  ["a part of an email address", { q: "waldbach", limit: 51 }],
  ["an address", { q: "gartenweg 77 koln", limit: 51 }],
  ["an item, and a city of the customer", { item: "bamboo", customer: "leeds", limit: 51 }],
  ["an item's number", { item: "no. 4999", limit: 51 }],
  ["a word that no order has", { q: "qqqxyz", limit: 51 }],
  ["letters of many orders in an order that none has", { q: "annaanna", limit: 51 }],
  ["a status that none has", { q: "zoe", status: "rejected", limit: 51 }],
  ["two letters", { q: "zo", limit: 51 }],
  ["the count of a frequent word", { q: "zoe", limit: 10_001 }],
];

async function main(): Promise<void> {
  const orders = Number(process.argv[2] ?? 5_000_000);
  // `process.exit` runs the handler that stops the server.
  process.once("SIGINT", () => process.exit(130));
  process.once("SIGTERM", () => process.exit(143));
  const server = await startThrowawayPostgres({
    shared_buffers: "1GB",
    maintenance_work_mem: "1GB",
    max_wal_size: "8GB",
    synchronous_commit: "off",
  });
  const pool = createPool(server.url, {
    max: 1,
    synchronousCommit: "off",
    statementMsMax: 3_600_000,
    onError: () => undefined,
  });
  try {
    await migrate(server.url);
    report(`Filling ${orders} orders.`);
    await fillOrders(pool, orders, (count) => {
      if (count % 250_000 === 0)
        report(`${count} orders, ${Math.round(performance.now() / 1000)} s`);
    });
    report(`Filled after ${Math.round(performance.now() / 1000)} s.`);
    await measure(pool);
  } finally {
    await pool.end();
    await server.stop();
  }
}

async function measure(pool: Pool): Promise<void> {
  const size = await pool.query<{ size: string }>(
    `select 'orders ' || pg_size_pretty(pg_total_relation_size('"order"')) || ', search '
       || pg_size_pretty(pg_total_relation_size('order_search')) || ', its keys '
       || pg_size_pretty(pg_relation_size('order_search_keys')) as size`,
  );
  process.stdout.write(
    `${size.rows[0]?.size ?? ""}\n| search | found | p50 ms | p99 ms |\n| --- | --- | --- | --- |\n`,
  );
  for (const [what, search] of searches) {
    await time(what, () => findOrdersByText(pool, search));
  }
  await time("one whole reference", () => findOrdersOfReference(pool, "web-2024-0000077", 8));
}

async function time(what: string, find: () => ReturnType<typeof findOrdersByText>): Promise<void> {
  const times: number[] = [];
  let found = "";
  for (let run = 0; run < 50; run += 1) {
    const start = performance.now();
    const { found: rows, searchedTo } = await find();
    times.push(performance.now() - start);
    found = `${rows.length}${searchedTo === null ? "" : " so far"}`;
  }
  times.sort((one, other) => one - other);
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(1);
  process.stdout.write(`| ${what} | ${found} | ${at(0.5)} | ${at(0.99)} |\n`);
}

await main();
