// A page of the list of orders. What is found by words comes from the index of searches, with its own cursors.

import type { Pool } from "pg";
import * as z from "zod";
import { type OrderSelection, readOrders } from "../../db/orders/read-orders.ts";
import { type FoundSelection, searchOrders } from "../../db/orders/search-orders.ts";
import type { orderFilterShape } from "../../contract/orders.ts";
import { cursorKeys } from "../http/cursor-keys.ts";
import { readCursor, writeCursor } from "../http/cursor.ts";
import { toOrderReply } from "./order-reply.ts";

type FilterQuery = z.output<z.ZodObject<typeof orderFilterShape>>;

/** What narrows a list of orders, as it is read from the database. */
export type OrderFilter = Omit<OrderSelection & FoundSelection, "before" | "limit">;

/** The filter of a query. */
export function toOrderFilter(query: FilterQuery): OrderFilter {
  const { q, customer, item, reference, sku, status, waiting } = query;
  const { acceptedFrom: from, acceptedBefore: before } = query;
  return {
    q,
    customer,
    item,
    reference,
    sku,
    status,
    waiting: waiting !== undefined,
    ...(from === undefined ? {} : { acceptedFrom: new Date(from) }),
    ...(before === undefined ? {} : { acceptedBefore: new Date(before) }),
  };
}

/** The value of cursors: an order's id, or its place in the index of searches. */
const keysById = z.tuple([cursorKeys.id]);
const keysByPlace = z.tuple([z.string().regex(/^-?\d{1,15}$/)]);

/** Whether the list is found by words. */
export function isSearched({ q, customer, item }: OrderFilter): boolean {
  return [q, customer, item].some((words) => words !== undefined);
}

/** Reads a page as the API replies it. Throws a 422 problem if the cursor is invalid. */
export async function readOrderPage(
  pool: Pool,
  filter: OrderFilter,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
) {
  const { reference, sku, status, waiting, acceptedFrom, acceptedBefore } = filter;
  const named = [reference, sku, status, ...(waiting === true ? ["waiting"] : [])];
  const period = [acceptedFrom, acceptedBefore].flatMap((time) => time?.toISOString() ?? []);
  if (isSearched(filter)) {
    const { q, customer, item } = filter;
    const words = [q, customer, item];
    const list = { keys: keysByPlace, list: ["found orders", ...words, ...named, ...period] };
    const [before] = readCursor(list, cursor) ?? [];
    const selection = {
      ...filter,
      limit,
      ...(before === undefined ? {} : { before: Number(before) }),
    };
    const { orders, next } = await searchOrders(pool, selection);
    return {
      data: orders.map(toOrderReply),
      nextCursor: next === null ? null : writeCursor(list, [String(next)]),
    };
  }
  const list = { keys: keysById, list: ["orders", ...named, ...period] };
  const [before] = readCursor(list, cursor) ?? [];
  const { orders, next } = await readOrders(pool, { ...filter, before, limit });
  return {
    data: orders.map(toOrderReply),
    nextCursor: next === null ? null : writeCursor(list, [next]),
  };
}
