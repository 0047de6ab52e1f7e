// A login of the admin app. Only the hash of its token is stored.

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
  properties: {
    tokenHash: p.blob().primary(),
    user: () => p.manyToOne(AdminUser).deleteRule("cascade"),
    createdAt: createdAt(),
    expiresAt: instant(),
  },
});

/** A session of an administrator. */
export class AdminSession extends schema.class {}
schema.setClass(AdminSession);
