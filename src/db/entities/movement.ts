// One entry of the ledger. The database refuses to change or delete it. The ids of its level and its order are not
// foreign keys, because those would be checked for each row of each sale.

import { defineEntity, p } from "@mikro-orm/core";
import { movementKinds } from "../../domain/stock/movement-kind.ts";
import { stockReasons } from "../../domain/stock/stock-reason.ts";
import { instant } from "./instants.ts";

const schema = defineEntity({
  name: "Movement",
  tableName: "movement",
  indexes: [
    { name: "movement_restock", properties: ["orderId"], where: "kind = 'restock'" },
    {
      name: "movement_served",
      properties: ["orderId"],
      where: "kind in ('allocation', 'release')",
    },
    {
      name: "movement_other",
      properties: ["levelId", "id"],
      include: ["change", "unitsAfter"],
      where: "kind <> 'sale'",
    },
    {
      name: "movement_place",
      properties: ["id"],
      expression: "create index movement_place on movement ((id + 0))",
    },
  ],
  uniques: [
    { name: "movement_one_sale", properties: ["orderId", "levelId"], where: "kind = 'sale'" },
    {
      name: "movement_undone",
      properties: ["levelId", "undoes"],
      where: "undoes is not null",
    },
  ],
  checks: [
    {
      name: "movement_has_its_order",
      expression: "(kind in ('sale', 'allocation', 'release', 'restock')) = (order_id is not null)",
    },
    { name: "movement_leaves_what_was_counted", expression: "counted_units = units_after" },
    { name: "movement_undoes_an_earlier_one", expression: "undoes < id" },
  ],
  properties: {
    levelId: p.integer().primary(),
    id: p.bigint("number").primary().autoincrement().generated("identity"),
    kind: p.enum(movementKinds),
    change: p.bigint("number").check("change <> 0"),
    unitsAfter: p.bigint("number"),
    orderId: p.uuid().nullable(),
    actor: p.text().nullable(),
    note: p.text().nullable(),
    reason: p.enum(stockReasons).nullable(),
    at: instant().defaultRaw("clock_timestamp()"),
    requestId: p.text().nullable(),
    countedUnits: p.bigint("number").nullable(),
    undoes: p.bigint("number").nullable(),
  },
});

/** A signed change of a stock level. */
export class Movement extends schema.class {}
schema.setClass(Movement);
