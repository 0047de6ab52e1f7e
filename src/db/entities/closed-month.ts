// A month of the ledger whose sales were given up, and what is left of it. SQL writes both; `closing` says how.

import { defineEntity, p } from "@mikro-orm/core";
import { instant } from "./instants.ts";

const monthSchema = defineEntity({
  name: "ClosedMonth",
  tableName: "closed_month",
  uniques: [
    {
      name: "closed_month_closing",
      expression:
        "create unique index closed_month_closing on closed_month ((closed_at is null)) where closed_at is null",
    },
  ],
  checks: [
    { name: "closed_month_is_a_stretch", expression: "after < up_to" },
    {
      name: "closed_month_removes_its_own",
      expression: "removed_to >= after and removed_to <= up_to",
    },
  ],
  properties: {
    month: p.date().primary(),
    after: p.bigint("string").unique(),
    upTo: p.bigint("string").unique(),
    firstAt: instant(),
    lastAt: instant(),
    levels: p.integer(),
    movements: p.bigint("number"),
    digest: p.text(),
    file: p.text(),
    actor: p.text(),
    begunAt: instant().defaultRaw("clock_timestamp()"),
    removedTo: p.bigint("string"),
    closedAt: instant().nullable(),
  },
});

/**
 * A closed month, or the one that is being closed: then `closedAt` is empty, and its sales are gone up to `removedTo`. It is the
 * movements with ids after `after`, up to `upTo`. `digest` is that of its file.
 */
export class ClosedMonth extends monthSchema.class {}
monthSchema.setClass(ClosedMonth);

const balanceSchema = defineEntity({
  name: "ClosedBalance",
  tableName: "closed_balance",
  indexes: [{ name: "closed_balance_of_month", properties: ["month"] }],
  checks: [
    {
      name: "closed_balance_keeps_its_last_movement",
      expression: "removed >= 0 and removed < movements",
    },
  ],
  properties: {
    levelId: p.integer().primary(),
    month: () =>
      p
        .manyToOne(ClosedMonth)
        .joinColumn("month")
        .updateRule("no action")
        .deleteRule("no action")
        .primary(),
    opening: p.bigint("number"),
    units: p.bigint("number"),
    movements: p.integer(),
    removed: p.integer().default(0),
    removedChange: p.bigint("number").defaultRaw("0"),
  },
});

/** A level's balance of a closed month. `removed` of its movements are gone, which changed it by `removedChange` units. */
export class ClosedBalance extends balanceSchema.class {}
balanceSchema.setClass(ClosedBalance);
