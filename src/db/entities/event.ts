// An event. Events and movements are numbered by one sequence and read in its order.

import { defineEntity, p } from "@mikro-orm/core";
import { instant } from "./instants.ts";

const schema = defineEntity({
  name: "Event",
  tableName: "event",
  indexes: [
    { name: "event_of_order", properties: ["orderId"], where: "order_id is not null" },
    {
      name: "event_of_type",
      properties: ["type", "id"],
      where: "type <> 'order.confirmed'",
    },
  ],
  properties: {
    id: p.bigint("number").primary().autoincrement(),
    tx: p.string().columnType("xid8").defaultRaw("pg_current_xact_id()"),
    type: p.text(),
    at: instant().defaultRaw("clock_timestamp()"),
    orderId: p.uuid().nullable(),
    actor: p.text().nullable(),
    data: p.json<unknown>().columnType("json").nullable(),
    requestId: p.text().nullable(),
  },
});

/**
 * An event. Its id is its place in the feed. `tx`, the id of the transaction that wrote it, orders events for processes
 * of an older version; it is text because it can be too large for a number.
 */
export class Event extends schema.class {}
schema.setClass(Event);
