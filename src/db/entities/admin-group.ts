// A group of administrators with the permissions of its members. The members of one group get the mails about low
// stock.

import { defineEntity, p } from "@mikro-orm/core";
import { createdAt, updatedAt } from "./instants.ts";

const schema = defineEntity({
  name: "AdminGroup",
  tableName: "admin_group",
  properties: {
    code: p.text().primary(),
    name: p.text(),
    permissions: p.array(),
    version: p.integer().version().default(1),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
});

/** A group with its permissions. */
export class AdminGroup extends schema.class {}
schema.setClass(AdminGroup);
