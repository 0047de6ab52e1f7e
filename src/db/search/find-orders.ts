// Finds orders by words in their text, newest first. The index is searched block by block from the newest on, so a
// frequent word is found in the first block. Older orders are looked at by large blocks.

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
import { largeBlockOf, largeBlockOrders } from "../../domain/search/search-keys.ts";
import { type Sql, sqlOn } from "../sql/sql.ts";
import { likePattern } from "../sql/like-pattern.ts";
import {
  type Conditions,
  type FoundPlace,
  type FoundPlaces,
  lookAtAll,
  lookAtBlocks,
  lookAtLargeBlocks,
} from "./look-at-blocks.ts";
import { type OrderNarrowing, orderConditions } from "../orders/order-conditions.ts";

/** What is searched. `before` is the place that the page starts after. */
export type OrderTextSearch = OrderSearch &
  OrderNarrowing & {
    readonly before?: number | undefined;
    readonly limit: number;
  };

/**
 * The most orders that one search looks at. Their keys match, but their text may not. If the order itself is looked at, too,
 * each costs twice as much.
 */
const lookedAtMax = { texts: 20_000, orders: 10_000 };

/** Finds up to `limit` orders. The most orders to look at are a parameter only for tests. */
export async function findOrdersByText(
  pool: Pool,
  search: OrderTextSearch,
  lookMax?: number,
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
  return run(sqlOn(pool), { limit }, conditions, keysOfReference(folded));
}

const partOf = (part: OrderTextPart | null) =>
  part === null ? "s.text" : `split_part(s.text, e'\\n', ${orderTextParts.indexOf(part) + 1})`;

type TextConditions = Conditions & {
  readonly texts: string[];
  contain(word: string, part: OrderTextPart | null): void;
  equal(reference: string): void;
};

/** Conditions on the text of an index's row `s`, with their values. */
function createConditions(): TextConditions {
  const texts: string[] = [];
  const values: unknown[] = [];
  const place = (value: unknown) => `$${values.push(value)}`;
  return {
    texts,
    place,
    values,
    /** The values so far, for one statement that adds its own. */
    fork() {
      const own = [...values];
      return { values: own, place: (value: unknown) => `$${own.push(value)}` };
    },
    contain(word: string, part: OrderTextPart | null) {
      texts.push(`${partOf(part)} like ${place(likePattern(word))}`);
    },
    equal(reference: string) {
      texts.push(`${partOf("reference")} = ${place(reference)}`);
    },
  };
}

/** Large blocks that are looked at block by block for one page, after the newest. */
const largeBlocksMax = 3;

async function run(
  sql: Sql,
  search: OrderNarrowing & { readonly before?: number | undefined; readonly limit: number },
  conditions: TextConditions,
  keys: readonly number[],
  wantedMax?: number,
): Promise<FoundPlaces> {
  const [ends] = await sql<{ first: number; last: number }>(
    "select first_place as first, last_place as last from order_search_progress",
  );
  if (ends === undefined) return { found: [], searchedTo: null };
  const { limit } = search;
  const narrowed = orderConditions("o", search, () => "").length > 0;
  const lookMax = wantedMax ?? (narrowed ? lookedAtMax.orders : lookedAtMax.texts);
  const before = search.before ?? ends.last + 1;
  const looking = { sql, conditions, isFound: isFoundBy(search, conditions), keys, before };
  if (keys.length === 0) return lookAtAll(looking, limit, lookMax);
  const found: FoundPlace[] = [];
  const oldest = largeBlockOf(ends.first);
  let large = largeBlockOf(before - 1);
  for (let round = 0; large >= oldest; round += 1) {
    if (round > largeBlocksMax) return { found, searchedTo: (large + 1) * largeBlockOrders };
    const blocks = await lookAtBlocks(looking, large, limit - found.length, lookMax);
    found.push(...blocks.found);
    if (found.length === limit || blocks.searchedTo !== null) {
      return { found, searchedTo: blocks.searchedTo };
    }
    large -= 1;
    if (large < oldest) break;
    const older = await lookAtLargeBlocks(looking, large, oldest, limit - found.length);
    found.push(...older.found);
    if (found.length === limit) break;
    large = older.next;
  }
  return { found, searchedTo: null };
}

/** The condition that a row of the index is of an order that is wanted. */
function isFoundBy(search: OrderNarrowing, { texts, place }: TextConditions): string {
  const ofOrder = orderConditions("o", search, place);
  // With "offset 0" each order is looked up by its id.
  const ofOrders = `exists (
    select from "order" o where o.id = s.order_id and ${ofOrder.join(" and ")} offset 0)`;
  return [...texts, ...(ofOrder.length === 0 ? [] : [ofOrders])].join(" and ") || "true";
}
