// What a stock level sold in its last 28 days, as the sweeper found it. It is made of the ledger, and may be deleted at any
// time. The id of its level is not a foreign key: the row means nothing without its level.

import { defineEntity, p } from "@mikro-orm/core";
import { instant } from "./instants.ts";

const schema = defineEntity({
  name: "LevelOutlook",
  tableName: "level_outlook",
  properties: {
    levelId: p.integer().primary().autoincrement(false),
    foundAt: instant(),
    unitsSold: p.bigint("number"),
    unitsSoldInWeek: p.bigint("number"),
    /** Null if it was never in stock, and so are the two after it. */
    unitsPerDay: p.double().nullable(),
    daysInStock: p.double().nullable(),
    unevenness: p.double().nullable(),
  },
});

/** The demand of one stock level. */
export class LevelOutlook extends schema.class {}
schema.setClass(LevelOutlook);
