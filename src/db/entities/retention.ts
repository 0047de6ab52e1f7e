// How far old rows have been removed: one row, which always exists.

import { defineEntity, p } from "@mikro-orm/core";
import { instant } from "./instants.ts";

const schema = defineEntity({
  name: "Retention",
  tableName: "retention",
  checks: [
    {
      name: "retention_removes_what_is_given_up",
      expression: "events_removed_to <= events_after",
    },
  ],
  properties: {
    id: p.boolean().primary().default(true).check("id"),
    eventsAfter: p.bigint("string").defaultRaw("0"),
    eventsRemovedTo: p.bigint("string").defaultRaw("0"),
    eventsGoneUntil: instant().nullable(),
    mailsGoneUntil: instant().nullable(),
  },
});

/**
 * What is no longer kept. The feed begins after `eventsAfter`; its events are deleted up to `eventsRemovedTo` by now. The
 * times are those of the newest event and mail that may be gone.
 */
export class Retention extends schema.class {}
schema.setClass(Retention);
