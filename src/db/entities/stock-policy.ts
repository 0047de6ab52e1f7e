// The history of the levels at which a count was low or out. Triggers of the database write it.

import { defineEntity, p } from "@mikro-orm/core";
import { instant } from "./instants.ts";

const schema = defineEntity({
  name: "StockPolicy",
  tableName: "stock_policy",
  indexes: [{ name: "stock_policy_of_level", properties: ["levelId", "id"] }],
  properties: {
    id: p.bigint("number").primary().autoincrement(false),
    levelId: p.integer(),
    beginsAfter: p.bigint("number"),
    endsWith: p.bigint("number"),
    at: instant().defaultRaw("clock_timestamp()"),
    counted: p.boolean(),
    lowAt: p.integer(),
    outAt: p.integer(),
  },
});

/**
 * A policy of a stock level, from an edit on: low at `lowAt` units or fewer, out at `outAt` or fewer. Movements of the
 * edit itself are those after `beginsAfter`, up to `endsWith`.
 */
export class StockPolicy extends schema.class {}
schema.setClass(StockPolicy);
