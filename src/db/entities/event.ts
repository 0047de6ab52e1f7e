// What happened, in the order of the transactions that made it true.

import { defineEntity, p } from "@mikro-orm/core";
import { instant } from "./instants.ts";

const schema = defineEntity({
  name: "Event",
  tableName: "event",
  indexes: [
    { name: "event_of_order", properties: ["orderId"], where: "order_id is not null" },
    {
      name: "event_of_type",
      properties: ["type", "tx", "id"],
      where: "type <> 'order.confirmed'",
    },
  ],
  properties: {
    tx: p.string().columnType("xid8").defaultRaw("pg_current_xact_id()").primary(),
    id: p.bigint("number").primary().autoincrement().generated("identity"),
    type: p.text(),
    at: instant().defaultRaw("clock_timestamp()"),
    orderId: p.uuid().nullable(),
    actor: p.text().nullable(),
    data: p.json<unknown>().columnType("json").nullable(),
  },
});

/** An event. `tx` is the transaction that wrote it, a number too large for JavaScript and so kept as text. */
export class Event extends schema.class {}
schema.setClass(Event);
