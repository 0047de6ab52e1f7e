// A link with which a person chooses a password. Only the hash of its token is stored.

import { defineEntity, p } from "@mikro-orm/core";
import { AdminUser } from "./admin-user.ts";
import { instant } from "./instants.ts";

const schema = defineEntity({
  name: "PasswordLink",
  tableName: "password_link",
  indexes: [{ name: "password_link_user", properties: ["user"] }],
  properties: {
    tokenHash: p.blob().primary(),
    user: () => p.manyToOne(AdminUser).deleteRule("cascade"),
    passwordHash: p.text(),
    endsAt: instant(),
  },
});

/** A link for a password. `passwordHash` is that of the password that it replaces. */
export class PasswordLink extends schema.class {}
schema.setClass(PasswordLink);
