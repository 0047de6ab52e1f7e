// One entry of the record of activity, and the count of sign-ins that keeps strangers from filling it. SQL writes both.

import { defineEntity, p } from "@mikro-orm/core";
import { actorKinds } from "../../domain/activity/act.ts";
import { instant } from "./instants.ts";

const actSchema = defineEntity({
  name: "Act",
  tableName: "act",
  indexes: [
    { name: "act_at", properties: ["at", "id"] },
    { name: "act_of_actor", properties: ["actor", "at", "id"] },
    { name: "act_of_area", properties: ["area", "at", "id"] },
    { name: "act_of_subject", properties: ["subjectId", "at", "id"] },
  ],
  checks: [{ name: "act_of_its_area", expression: "area = split_part(kind, '.', 1)" }],
  properties: {
    id: p.bigint("number").primary().autoincrement(),
    at: instant().defaultRaw("clock_timestamp()"),
    area: p.text(),
    kind: p.text(),
    actorKind: p.enum(actorKinds),
    actorId: p.uuid().nullable(),
    actor: p.text(),
    actorName: p.text(),
    subjectId: p.text(),
    subjectName: p.text(),
    before: p.json<unknown>().columnType("json").nullable(),
    after: p.json<unknown>().columnType("json").nullable(),
    requestId: p.text().nullable(),
  },
});

const tallySchema = defineEntity({
  name: "SignInTally",
  tableName: "sign_in_tally",
  properties: {
    kind: p.text().primary(),
    account: p.text().primary(),
    since: instant().defaultRaw("clock_timestamp()"),
    times: p.bigint("number").check("times > 0"),
  },
});

/**
 * What somebody did, with the names that actor and subject had then. The database refuses to change or delete it. No id
 * in it is a foreign key, because the record outlives what it tells of.
 */
export class Act extends actSchema.class {}
actSchema.setClass(Act);

/** How often an account did the same at its sign-in since a time. */
export class SignInTally extends tallySchema.class {}
tallySchema.setClass(SignInTally);
