// What is known about the feed of events as a whole: one row, which always exists.

import { defineEntity, p } from "@mikro-orm/core";

const schema = defineEntity({
  name: "Feed",
  tableName: "feed",
  properties: {
    id: p.boolean().primary().default(true).check("id"),
    stockChangesAfter: p.bigint("string"),
  },
});

/** The feed. Its changes of stock are the movements after the place `stockChangesAfter`. */
export class Feed extends schema.class {}
schema.setClass(Feed);
