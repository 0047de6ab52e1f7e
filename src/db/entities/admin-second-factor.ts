// A person's second factor, and the logins that wait for a code of one. Both are written with SQL, under locks.

import { defineEntity, p } from "@mikro-orm/core";
import { AdminUser } from "./admin-user.ts";
import { instant } from "./instants.ts";

const factorSchema = defineEntity({
  name: "AdminSecondFactor",
  tableName: "admin_second_factor",
  properties: {
    user: () => p.oneToOne(AdminUser).deleteRule("cascade").updateRule("no action").primary(),
    secret: p.blob().hidden(),
    /** Hashes of the recovery codes that are left. */
    recoveryHashes: p.array().default([]),
    /** The step of time whose code was accepted last: no code is accepted twice. */
    lastStep: p.integer().default(0),
    failures: p.integer().default(0),
    failuresSince: instant().nullable(),
  },
});

const stepSchema = defineEntity({
  name: "AdminLoginStep",
  tableName: "admin_login_step",
  indexes: [{ name: "admin_login_step_user", properties: ["user"] }],
  properties: {
    tokenHash: p.blob().primary(),
    user: () => p.manyToOne(AdminUser).deleteRule("cascade"),
    passwordHash: p.text().hidden(),
    expiresAt: instant(),
  },
});

/** The second factor of an administrator. */
export class AdminSecondFactor extends factorSchema.class {}
factorSchema.setClass(AdminSecondFactor);

/** A login whose password was right and whose code is awaited. */
export class AdminLoginStep extends stepSchema.class {}
stepSchema.setClass(AdminLoginStep);
