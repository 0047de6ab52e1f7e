// Fills a store with orders by SQL, some ten thousand a second, and with the index by which they are found.

import type { Pool } from "pg";
import {
  blockOrders,
  keyOfBlock,
  keyOfLargeBlock,
  largeBlockOrders,
} from "../src/domain/search/search-keys.ts";
import { createOrderIds } from "../src/api/orders/order-ids.ts";
import { addToIndex, type IndexedOrder } from "../src/db/search/index-orders.ts";
import type { Sql } from "../src/db/sql/sql.ts";
import { createRandom } from "../tools/random.ts";
import { inTransaction } from "../src/db/sql/transaction.ts";

/** Orders of one statement. */
const group = 5_000;

/** Products of the store. An order has one to four of them. */
const productCount = 5_000;

const kinds = ["Mug", "Teapot", "Whisk", "Kettle", "Bowl", "Tray", "Spoon", "Jar", "Strainer"];
const stuffs = ["Stoneware", "Bamboo", "Glass", "Copper", "Cherry wood", "Porcelain", "Iron"];
const firstNames = "Anna Zoë Lukas Marie José Aylin Émile Ingrid Paul Chloë Hanna Jürgen Sofia";
const syllables = "ber mann sen ova ler stein wald bach roth hof lund gren mar vel dorf kamp tor";
const streets = "High Street,Mill Lane,Bahnhofstraße,Rue de la Paix,Calle Mayor,Gartenweg";
const cities = "Leeds,Köln,Lyon,Sevilla,Graz,Utrecht,Malmö,Gdańsk,Porto,Bergen";

/** How often each order is copied. Copies have the same customer and items, and are made by one statement. */
const copies = 10;

/**
 * Creates products and some `orders` confirmed orders of the last two years, and adds all to the index. A tenth of them are
 * made one by one, the others are copies. `onGroup` gets the number of orders so far.
 */
export async function fillOrders(
  pool: Pool,
  total: number,
  onGroup: (count: number) => void,
): Promise<void> {
  const random = createRandom(7);
  const pick = (words: string, separator = " "): string => {
    const all = words.split(separator);
    return all[Math.floor(random() * all.length)] ?? "";
  };
  const items = await createProducts(pool);
  const orders = Math.ceil(total / copies / blockOrders) * blockOrders;
  const period = 730 * 86_400_000;
  const start = Date.now() - period;
  let count = 0;
  const nextId = createOrderIds(() => Math.floor(start + (period * count) / orders));
  const create = (): IndexedOrder & { readonly requested: string; readonly line: number } => {
    count += 1;
    const first = pick(firstNames);
    const last = `${pick(syllables)}${pick(syllables)}${pick(syllables)}`;
    const number = Math.floor(random() * 9_999_999);
    const lines = Array.from(
      { length: 1 + Math.floor(random() * 4) },
      () => 1 + Math.floor(random() ** 2 * (items.length - 1)),
    );
    const year = count < orders / 2 ? 2024 : 2025;
    return {
      id: nextId(),
      reference: `WEB-${year}-${String(count).padStart(7, "0")}`,
      customer: {
        id: `C-${number}`,
        name: `${first} ${last}`,
        email: `${first}.${last}${number % 1000}@${pick("example.com example.org mail.example.net")}`,
        address: `${pick(streets, ",")} ${1 + (number % 250)}, ${10_000 + (number % 89_999)} ${pick(cities, ",")}`,
      },
      items: lines.map((item) => items[item - 1] ?? ""),
      requested: JSON.stringify(lines.map((item) => [item, 1])),
      line: lines[0] ?? 1,
    };
  };
  await pool.query("drop index order_search_keys");
  while (count < orders) {
    const firstPlace = count + 1;
    const made = Array.from({ length: Math.min(group, orders - count) }, create);
    await inTransaction(pool, async ({ sql }) => {
      await insertOrders(sql, made);
      await addToIndex(sql, made, firstPlace);
    });
    onGroup(count);
  }
  for (let copy = 1; copy < copies; copy += 1) {
    await copyOrders(pool, copy, count);
    onGroup(count * (copy + 1));
  }
  await pool.query(
    `update order_search_progress set last_place = $1, complete = true,
       covered_to = (select max(id::text)::uuid from "order" where id > $2),
       settled_to = (select max(id::text)::uuid from "order" where id > $2)`,
    [count * copies, "00000000-0000-0000-0000-000000000000"],
  );
  await pool.query(
    "create index order_search_keys on order_search using gin (keys) with (gin_pending_list_limit = 1024)",
  );
  await pool.query("vacuum analyze");
}

/** Copies the first orders to the places after those of the copies before. The last of an order's keys are those of its blocks. */
async function copyOrders(pool: Pool, copy: number, count: number): Promise<void> {
  const blockOfCopy = (size: number) => `((place + ${copy * count}) / ${size})`;
  // The ids of the first orders have a 7 there, as all of version 7.
  const mark = "012345689a"[copy] ?? "";
  const idOfCopy = (id: string) => `overlay(${id}::text placing '${mark}' from 15 for 1)::uuid`;
  await pool.query(
    `insert into order_search (place, order_id, text, keys)
     select place + ${copy * count}, ${idOfCopy("order_id")}, text,
       keys[1:cardinality(keys) - 2] || (${keyOfBlock(0)} + ${blockOfCopy(blockOrders)})::smallint
         || (${keyOfLargeBlock(0)} + ${blockOfCopy(largeBlockOrders)})::smallint
     from order_search where place <= ${count} order by place`,
  );
  await pool.query(
    `insert into "order" (id, reference, fingerprint, status, requested, customer, accepted_by)
     select ${idOfCopy("id")}, reference || '/${copy}', fingerprint, status, requested, customer, accepted_by
     from "order" where reference !~ '/'`,
  );
}

/** Creates the products; resolves with the SKU and name of each, by the number of its item less one. */
async function createProducts(pool: Pool): Promise<readonly string[]> {
  const named = Array.from({ length: productCount }, (_, index) => {
    const kind = kinds[index % kinds.length] ?? "";
    const stuff = stuffs[index % stuffs.length] ?? "";
    return {
      sku: `${kind}-${stuff}-${index}`.toUpperCase().replace(" ", ""),
      name: `${stuff} ${kind} no. ${index}`,
    };
  });
  await pool.query(
    `insert into product (sku, name, type_code, enabled, track_inventory, stock_alert_threshold,
       hide_if_out_of_stock, allow_pre_order, allow_negative_stock)
     select sku, name, 'goods', true, true, 5, false, false, false
     from unnest($1::text[], $2::text[]) as given (sku, name)`,
    [named.map(({ sku }) => sku), named.map(({ name }) => name)],
  );
  return named.map(({ sku, name }) => `${sku} ${name}`);
}

async function insertOrders(
  sql: Sql,
  made: readonly (IndexedOrder & { readonly requested: string; readonly line: number })[],
): Promise<void> {
  await sql(
    `insert into "order" (id, reference, fingerprint, status, requested, customer, accepted_by)
     select id, reference, '\\x00', 'confirmed', requested::json, customer::json, 'fill'
     from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) as given (id, reference, requested, customer)`,
    [
      made.map(({ id }) => id),
      made.map(({ reference }) => reference),
      made.map(({ requested }) => requested),
      made.map(({ customer }) => JSON.stringify(customer)),
    ],
  );
  await sql(
    `insert into order_line (order_id, line, item_id, holder_id, quantity, allocated, pre_ordered)
     select id, 0, item, item, 1, 1, 0 from unnest($1::uuid[], $2::integer[]) as given (id, item)`,
    [made.map(({ id }) => id), made.map(({ line }) => line)],
  );
}
