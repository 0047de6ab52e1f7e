// The index of orders for searches, and how far it is filled. Both are written with SQL.

import { defineEntity, p } from "@mikro-orm/core";

const searchSchema = defineEntity({
  name: "OrderSearch",
  tableName: "order_search",
  indexes: [
    {
      name: "order_search_keys",
      properties: ["keys"],
      expression:
        "create index order_search_keys on order_search using gin (keys) with (gin_pending_list_limit = 1024)",
    },
  ],
  properties: {
    place: p.bigint("string").primary().autoincrement(false),
    orderId: p.uuid().unique(),
    text: p.text(),
    keys: p.array((key) => Number(key)).columnType("smallint[]"),
  },
});

/** What an order is found by. Newer orders have greater places; those of before the index have places below 1. */
export class OrderSearch extends searchSchema.class {}
searchSchema.setClass(OrderSearch);

const progressSchema = defineEntity({
  name: "OrderSearchProgress",
  tableName: "order_search_progress",
  properties: {
    id: p.boolean().primary().default(true).check("id"),
    firstPlace: p.bigint("string").defaultRaw("0"),
    lastPlace: p.bigint("string").defaultRaw("0"),
    coveredFrom: p.uuid(),
    coveredTo: p.uuid(),
    settledTo: p.uuid(),
    complete: p.boolean().default(false),
  },
});

/**
 * How far the index is filled, in one row: it has the orders after `coveredFrom` up to `coveredTo`, and all of those
 * before `settledTo` that were committed late. `complete`: no older order is missing.
 */
export class OrderSearchProgress extends progressSchema.class {}
progressSchema.setClass(OrderSearchProgress);
