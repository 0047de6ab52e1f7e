// An audit that has ended, and what an operator repaired after one.

import { defineEntity, p } from "@mikro-orm/core";
import { instant } from "./instants.ts";

const runSchema = defineEntity({
  name: "AuditRun",
  tableName: "audit_run",
  checks: [
    {
      name: "audit_run_place_is_whole",
      expression: "num_nulls(place_cluster, place_transaction, place_movement) in (0, 3)",
    },
    { name: "audit_run_place_held", expression: "held or place_cluster is null" },
  ],
  properties: {
    id: p.bigint("number").primary().autoincrement().generated("identity"),
    startedAt: instant(),
    endedAt: instant(),
    since: instant().nullable(),
    held: p.boolean(),
    faults: p.json<unknown>().columnType("json"),
    placeCluster: p.text().nullable(),
    placeTransaction: p.string().columnType("xid8").nullable(),
    placeMovement: p.bigint("string").nullable(),
  },
});

/**
 * An audit. `since` is when the earlier audit began whose place this one went on from; null if it proved everything.
 * `faults` counts the violations of each invariant by its key. The place is where the next audit may begin.
 */
export class AuditRun extends runSchema.class {}
runSchema.setClass(AuditRun);

const repairSchema = defineEntity({
  name: "AuditRepair",
  tableName: "audit_repair",
  properties: {
    id: p.bigint("number").primary().autoincrement().generated("identity"),
    at: instant().defaultRaw("clock_timestamp()"),
    actor: p.text(),
    kind: p.text(),
    levelId: p.integer(),
    said: p.text(),
  },
});

/** A repair: who did it, and in words what it was. */
export class AuditRepair extends repairSchema.class {}
repairSchema.setClass(AuditRepair);
