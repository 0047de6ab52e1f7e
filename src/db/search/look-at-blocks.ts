// Looks at orders in the index of searches: those of some blocks whose keys match, or all.

import {
  blockOf,
  blockOrders,
  keyOfBlock,
  keyOfLargeBlock,
  largeBlockOf,
  largeBlockOrders,
} from "../../domain/search/search-keys.ts";
import { arrayLiteral } from "../sql/array-literal.ts";
import type { Sql } from "../sql/sql.ts";

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

/** Values of a statement. `place` adds one and returns its placeholder. */
type Values = {
  readonly values: unknown[];
  readonly place: (value: unknown) => string;
};

/** The values of a search's conditions. `fork` returns them for a statement that adds its own. */
export type Conditions = Values & { fork(): Values };

type Row = { readonly id: string; readonly place: number; readonly isFound: boolean };

/** What a search needs to look at some blocks. */
export type Looking = {
  readonly sql: Sql;
  readonly conditions: Conditions;
  readonly isFound: string;
  readonly keys: readonly number[];
  readonly before: number;
};

/** Rows of large blocks that are read at once. A large block with more is looked at block by block. */
const rowsMax = 2_000;

/** Looks at all orders, newest first, if no key narrows them. */
export async function lookAtAll(
  looking: Looking,
  limit: number,
  lookMax: number,
): Promise<FoundPlaces> {
  const { conditions, isFound, before } = looking;
  const { place, values } = conditions.fork();
  return lookUpTo(
    looking.sql,
    `select s.order_id as id, s.place, ${isFound} as "isFound" from order_search s
     where s.place < ${place(before)}::bigint order by s.place desc`,
    { place, values, limit, lookMax },
  );
}

/** Looks at the blocks of a large block, newest first, as far as they are before the search's place. */
export async function lookAtBlocks(
  looking: Looking,
  large: number,
  limit: number,
  lookMax: number,
): Promise<FoundPlaces> {
  const { place, values } = looking.conditions.fork();
  const last = Math.min(looking.before, (large + 1) * largeBlockOrders) - 1;
  const blocks = downFrom(blockOf(last), blockOf(large * largeBlockOrders));
  const candidates = byKeys(
    looking,
    { keys: blocks.map(keyOfBlock), blocks, size: blockOrders },
    place,
  );
  const sorted = `${candidates} order by s.place desc) c`;
  return lookUpTo(looking.sql, sorted, { place, values, limit, lookMax });
}

/**
 * Looks at large blocks, newest first, until one has too many rows. `next` is that one, which is to be looked at block by
 * block; or one before the oldest.
 */
export async function lookAtLargeBlocks(
  looking: Looking,
  newest: number,
  oldest: number,
  limit: number,
): Promise<{ readonly found: readonly FoundPlace[]; readonly next: number }> {
  const { place, values } = looking.conditions.fork();
  const blocks = downFrom(newest, oldest);
  const most = Math.max(rowsMax, limit) + 1;
  const size = largeBlockOrders;
  const rows = await looking.sql<Row>(
    `${byKeys(looking, { keys: blocks.map(keyOfLargeBlock), blocks, size }, place)} offset 0) c
     limit ${place(most)}`,
    values,
  );
  // The last row's block may have more rows than were read.
  const lastRow = rows.at(-1);
  const next =
    rows.length < most || lastRow === undefined ? oldest - 1 : largeBlockOf(lastRow.place);
  const found = rows
    .filter((row) => row.isFound && largeBlockOf(row.place) > next)
    .toSorted((one, other) => other.place - one.place)
    .slice(0, limit);
  return { found, next };
}

/** Runs a query of rows that are to be looked at, newest first, up to the limit of found ones or of rows. */
async function lookUpTo(
  sql: Sql,
  candidates: string,
  bounds: Values & {
    readonly limit: number;
    readonly lookMax: number;
  },
): Promise<FoundPlaces> {
  const { place, values, limit, lookMax } = bounds;
  const most = place(lookMax);
  const rows = await sql<Row>(
    `select id, place, "isFound" from (
       select c.*, row_number() over () as nr from (${candidates}) c limit ${most}) looked
     where "isFound" or nr = ${most} limit ${place(limit)}`,
    values,
  );
  const found = rows.filter((row) => row.isFound);
  const end = rows.at(-1);
  const stopped = found.length < limit && end !== undefined && !end.isFound;
  return { found, searchedTo: stopped ? end.place : null };
}

type Blocks = {
  readonly keys: readonly number[];
  readonly blocks: readonly number[];
  readonly size: number;
};

/**
 * The beginning of a query of the rows in these blocks that have all keys; its lateral part is left open. PostgreSQL goes
 * through an index's conditions in their order, so that of the block comes first: then no other reads outside of the
 * block. The sums keep it from reading all rows of a block by their places.
 */
function byKeys(
  { keys, isFound, before }: Looking,
  { keys: blockKeys, blocks, size }: Blocks,
  place: Values["place"],
): string {
  const hasKeys = ["block.key", ...keys.map((key) => place(key))].map(
    (key) => `s.keys @> array[${key}::smallint]`,
  );
  const firsts = blocks.map((block) => block * size);
  return `select c.* from unnest(
      ${place(arrayLiteral(blockKeys))}::smallint[], ${place(arrayLiteral(firsts))}::bigint[])
      with ordinality as block (key, first, nr)
    cross join lateral (
      select s.order_id as id, s.place, ${isFound} as "isFound" from order_search s
      where ${hasKeys.join(" and ")}
        and s.place + 0 >= block.first and s.place + 0 < block.first + ${size}
        and s.place + 0 < ${place(before)}::bigint`;
}

/** Numbers from the greatest to the least. */
function downFrom(greatest: number, least: number): readonly number[] {
  return Array.from({ length: greatest - least + 1 }, (_, index) => greatest - index);
}
