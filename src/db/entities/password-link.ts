// A link with which a person chooses a password. Only the hash of its token is stored.

import { defineEntity, p } from "@mikro-orm/core";
import { AdminUser } from "./admin-user.ts";
import { instant } from "./instants.ts";
import { PasswordRequest } from "./password-request.ts";

const schema = defineEntity({
  name: "PasswordLink",
  tableName: "password_link",
  indexes: [
    { name: "password_link_user", properties: ["user"] },
    {
      name: "password_link_request",
      properties: ["request"],
      where: "request_id is not null",
    },
  ],
  properties: {
    tokenHash: p.blob().primary(),
    user: () => p.manyToOne(AdminUser).deleteRule("cascade"),
    passwordHash: p.text(),
    endsAt: instant(),
    request: () =>
      p.manyToOne(PasswordRequest).deleteRule("cascade").updateRule("no action").nullable(),
  },
});

/**
 * A link for a password. `passwordHash` is that of the password that it replaces, and `request` the request whose mail has
 * the link; null if no mail has it.
 */
export class PasswordLink extends schema.class {}
schema.setClass(PasswordLink);
