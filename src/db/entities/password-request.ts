// A request for a mail with a link to choose a password. SQL writes it.

import { randomUUIDv7 } from "node:crypto";
import { defineEntity, p } from "@mikro-orm/core";
import { AdminUser } from "./admin-user.ts";
import { instant } from "./instants.ts";

const schema = defineEntity({
  name: "PasswordRequest",
  tableName: "password_request",
  indexes: [{ name: "password_request_user", properties: ["user"] }],
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUIDv7()),
    user: () => p.manyToOne(AdminUser).deleteRule("cascade").updateRule("no action"),
    purpose: p.enum(["invitation", "reset"]),
    passwordHash: p.text().hidden(),
    askedAt: instant().defaultRaw("clock_timestamp()"),
    endsAt: instant(),
  },
});

/** A request for a link. `passwordHash` is that of the password which the person had then. After `endsAt` no link is made. */
export class PasswordRequest extends schema.class {}
schema.setClass(PasswordRequest);
