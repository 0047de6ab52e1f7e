// A person who may log in to the admin app and get mails about low stock, and their groups.

import { randomUUIDv7 } from "node:crypto";
import { defineEntity, p } from "@mikro-orm/core";
import { languages } from "../../domain/language/languages.ts";
import { AdminGroup } from "./admin-group.ts";
import { createdAt, instant, updatedAt } from "./instants.ts";

const userSchema = defineEntity({
  name: "AdminUser",
  tableName: "admin_user",
  indexes: [
    {
      name: "admin_user_email",
      properties: ["email"],
      expression: "create unique index admin_user_email on admin_user (lower(email))",
    },
  ],
  checks: [
    {
      name: "admin_user_invitation",
      expression: "invitation_ends_at is null or invited_at is not null",
    },
  ],
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUIDv7()),
    email: p.text(),
    name: p.text(),
    passwordHash: p.text().hidden(),
    enabled: p.boolean(),
    version: p.integer().version().default(1),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    /** Somebody else chose the password: they choose their own before they do anything else. */
    mustChangePassword: p.boolean().default(false),
    /** Since when a login needs a code besides the password; null if it needs none. */
    secondFactorSince: instant().nullable(),
    /** The language of mails to them; null for the store's. */
    language: p.enum(languages).nullable(),
    /** How numbers and times are written for them; null if they have not chosen. */
    locale: p.text().nullable(),
    timeZone: p.text().nullable(),
    /** When they were last invited; null once they have a password, or if they were given one. */
    invitedAt: instant().nullable(),
    /** Until when the invitation's link works; null if it was taken back. */
    invitationEndsAt: instant().nullable(),
    groups: () => p.manyToMany(AdminGroup).pivotEntity(() => AdminGroupMember),
  },
});

const memberSchema = defineEntity({
  name: "AdminGroupMember",
  tableName: "admin_group_member",
  indexes: [{ name: "admin_group_member_group", properties: ["group"] }],
  properties: {
    user: () => p.manyToOne(AdminUser).deleteRule("cascade").updateRule("no action").primary(),
    group: () =>
      p
        .manyToOne(AdminGroup)
        .joinColumn("group_code")
        .deleteRule("cascade")
        .updateRule("no action")
        .primary(),
  },
});

/** An administrator. Addresses are unique, in any case of letters. */
export class AdminUser extends userSchema.class {}
userSchema.setClass(AdminUser);

/** The membership of an administrator in a group. */
export class AdminGroupMember extends memberSchema.class {}
memberSchema.setClass(AdminGroupMember);
