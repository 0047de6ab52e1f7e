// Finds orders by words in their text, newest first. The index is searched block by block from the newest on, so a
// frequent word is found in the first block and a rare one with a few looks at each.

import type { Pool } from "pg";
import {
  keysOfReference,
  keysOfWords,
  type OrderSearch,
  type OrderTextPart,
  orderTextParts,
  wantedWords,
} from "../../domain/search/order-text.ts";
import { foldedText } from "../../domain/search/folded-text.ts";
import { blockOf, blockOrders, keyOfBlock } from "../../domain/search/search-keys.ts";
import { arrayLiteral } from "../sql/array-literal.ts";
import { type Sql, sqlOn } from "../sql/sql.ts";
import { likePattern } from "../sql/like-pattern.ts";
import { type OrderNarrowing, orderConditions } from "../orders/order-conditions.ts";

/** What is searched. `before` is the place that the page starts after. */
export type OrderTextSearch = OrderSearch &
  OrderNarrowing & {
    readonly before?: number | undefined;
    readonly limit: number;
  };

/** An order that was found, and its place in the index. */
export type FoundPlace = { readonly id: string; readonly place: number };

/**
 * What was found, newest first. `searchedTo` is set if the search stopped at its limit although older orders may match:
 * it is the last place that was looked at.
 */
export type FoundPlaces = {
  readonly found: readonly FoundPlace[];
  readonly searchedTo: number | null;
};

/** The most orders whose text one search looks at. Their keys match, but their text may not. */
const lookedAtMax = 20_000;

/** Finds up to `limit` orders. The most orders to look at are a parameter only for tests. */
export async function findOrdersByText(
  pool: Pool,
  search: OrderTextSearch,
  lookMax = lookedAtMax,
): Promise<FoundPlaces> {
  const words = wantedWords(search);
  const conditions = createConditions();
  for (const { word, part } of words) conditions.contain(word, part);
  return run(sqlOn(pool), search, conditions, keysOfWords(words.map(({ word }) => word)), lookMax);
}

/** Finds the orders whose whole reference is this one, in whichever case it is written. */
export async function findOrdersOfReference(
  pool: Pool,
  reference: string,
  limit: number,
): Promise<FoundPlaces> {
  const folded = foldedText(reference);
  const conditions = createConditions();
  conditions.equal(folded);
  return run(sqlOn(pool), { limit }, conditions, keysOfReference(folded), lookedAtMax);
}

type Conditions = ReturnType<typeof createConditions>;

const partOf = (part: OrderTextPart | null) =>
  part === null ? "s.text" : `split_part(s.text, e'\\n', ${orderTextParts.indexOf(part) + 1})`;

/** Conditions on the text of an index's row `s`, with their values. */
function createConditions() {
  const values: unknown[] = [];
  const texts: string[] = [];
  const place = (value: unknown) => `$${values.push(value)}`;
  return {
    values,
    texts,
    place,
    contain(word: string, part: OrderTextPart | null) {
      texts.push(`${partOf(part)} like ${place(likePattern(word))}`);
    },
    equal(reference: string) {
      texts.push(`${partOf("reference")} = ${place(reference)}`);
    },
  };
}

type Row = { readonly id: string; readonly place: number; readonly isFound: boolean };

async function run(
  sql: Sql,
  search: OrderNarrowing & { readonly before?: number | undefined; readonly limit: number },
  conditions: Conditions,
  keys: readonly number[],
  lookMax: number,
): Promise<FoundPlaces> {
  const { place, texts, values } = conditions;
  const [ends] = await sql<{ first: number; last: number }>(
    "select first_place as first, last_place as last from order_search_progress",
  );
  if (ends === undefined) return { found: [], searchedTo: null };
  const before = search.before ?? ends.last + 1;
  const ofOrder = orderConditions("o", search, place);
  // With "offset 0" each order is looked up by its id.
  const ofOrders = `exists (
    select from "order" o where o.id = s.order_id and ${ofOrder.join(" and ")} offset 0)`;
  const isFound = [...texts, ...(ofOrder.length === 0 ? [] : [ofOrders])].join(" and ") || "true";
  const columns = `s.order_id as id, s.place, ${isFound} as "isFound"`;
  const upTo = place(before);
  const candidates =
    keys.length === 0
      ? `select ${columns} from order_search s where s.place < ${upTo}::bigint order by s.place desc`
      : byKeys(columns, keys, blocksOf(before - 1, ends.first), upTo, place);
  const most = place(lookMax);
  const rows = await sql<Row>(
    `select id, place, "isFound" from (
       select c.*, row_number() over () as nr from (${candidates}) c limit ${most}) looked
     where "isFound" or nr = ${most} limit ${place(search.limit)}`,
    values,
  );
  const found = rows.filter((row) => row.isFound);
  const end = rows.at(-1);
  const stopped = found.length < search.limit && end !== undefined && !end.isFound;
  return { found, searchedTo: stopped ? end.place : null };
}

/**
 * The query of the orders that have all keys, newest first. PostgreSQL goes through an index's conditions in their order, so
 * that of the block comes first: then no other reads outside of the block. The sums keep it from reading all rows of a
 * block by their places.
 */
function byKeys(
  columns: string,
  keys: readonly number[],
  blocks: readonly number[],
  upTo: string,
  place: (value: unknown) => string,
): string {
  return `select c.* from unnest(
      ${place(arrayLiteral(blocks.map(keyOfBlock)))}::smallint[],
      ${place(arrayLiteral(blocks.map((block) => block * blockOrders)))}::bigint[])
      with ordinality as block (key, first, nr)
    cross join lateral (
      select ${columns} from order_search s
      where ${["block.key", ...keys.map((key) => place(key))].map((key) => `s.keys @> array[${key}::smallint]`).join(" and ")}
        and s.place + 0 >= block.first and s.place + 0 < block.first + ${blockOrders}
        and s.place + 0 < ${upTo}::bigint
      order by s.place desc) c`;
}

/** The blocks of these places, newest first. */
function blocksOf(last: number, first: number): readonly number[] {
  const blocks: number[] = [];
  for (let block = blockOf(last); block >= blockOf(first); block -= 1) blocks.push(block);
  return blocks;
}
