// An event. Events are read in the order of their transactions.

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

/** An event. `tx` is the id of the transaction that wrote it, as text because it can be too large for a number. */
export class Event extends schema.class {}
schema.setClass(Event);
