// A login of the admin app. Only the hash of its token is stored.

import { randomUUID } from "node:crypto";
import { defineEntity, p } from "@mikro-orm/core";
import { AdminUser } from "./admin-user.ts";
import { createdAt, instant } from "./instants.ts";

const schema = defineEntity({
  name: "AdminSession",
  tableName: "admin_session",
  indexes: [
    { name: "admin_session_user", properties: ["user"] },
    { name: "admin_session_expires_at", properties: ["expiresAt"] },
  ],
  uniques: [{ name: "admin_session_id", properties: ["id"] }],
  properties: {
    tokenHash: p.blob().primary(),
    user: () => p.manyToOne(AdminUser).deleteRule("cascade"),
    createdAt: createdAt(),
    expiresAt: instant(),
    id: p
      .uuid()
      .defaultRaw("gen_random_uuid()")
      .onCreate(() => randomUUID()),
    seenAt: createdAt(),
    address: p.text().nullable(),
    userAgent: p.text().nullable(),
  },
});

/** A session of an administrator. */
export class AdminSession extends schema.class {}
schema.setClass(AdminSession);
