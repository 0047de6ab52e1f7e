// What is known about the feed of events as a whole: one row, which always exists.

import { defineEntity, p } from "@mikro-orm/core";

const schema = defineEntity({
  name: "Feed",
  tableName: "feed",
  properties: {
    id: p.boolean().primary().default(true).check("id"),
    stockChangesAfter: p.bigint("string"),
    gonePlaces: p.string().columnType("int8multirange").default("{}"),
  },
});

/**
 * The feed. Its changes of stock are the movements after the place `stockChangesAfter`. `gonePlaces` are those that restores
 * of backups have left out.
 */
export class Feed extends schema.class {}
schema.setClass(Feed);
