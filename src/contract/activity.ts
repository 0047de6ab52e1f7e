// The record of what people and keys did, as the API answers it.

import * as z from "zod";
import { actAreas, actKinds, actorKinds, factNames } from "../domain/activity/act.ts";
import { pageOf, pageQueryShape } from "./paging.ts";
import { lineOfText } from "./text.ts";

const fact = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]);

const factsSchema = z.partialRecord(z.enum(factNames), fact);

const instant = z.iso.datetime({ offset: true });

/** The query of `GET /activity`. */
export const activityQuerySchema = z.strictObject({
  ...pageQueryShape,
  actor: lineOfText(300)
    .optional()
    .meta({ description: "Only what they did: `user:<email>`, `key:<name>`, `stranger`." }),
  area: z.enum(actAreas).optional().meta({ description: "Only acts of this area." }),
  subject: lineOfText(300)
    .optional()
    .meta({ description: "Only what was done to it: the id, code or SKU of the subject." }),
  from: instant.optional().meta({ description: "Only acts at or after this time." }),
  to: instant.optional().meta({ description: "Only acts before this time." }),
});

/** An act. */
export const actSchema = z
  .object({
    id: z.string(),
    at: z.iso.datetime(),
    kind: z.enum(actKinds).meta({ description: "The area and what was done, as `group.changed`." }),
    actor: z
      .object({ kind: z.enum(actorKinds), label: z.string(), name: z.string() })
      .meta({ description: "Who did it, with the name that they had then." }),
    subject: z
      .object({ id: z.string(), name: z.string() })
      .meta({ description: "What it was done to, with the name that it had then." }),
    before: factsSchema.nullable().meta({
      description:
        "The facts that changed, as they were; of a list, what was taken away. All facts if it was deleted.",
    }),
    after: factsSchema.nullable().meta({
      description:
        "The facts that changed, as they are; of a list, what was added. All facts if it was created.",
    }),
    requestId: z.string().nullable().meta({
      description: "The X-Request-Id of the request that did it; null for commands.",
    }),
  })
  .meta({ id: "Act" });

export type ActReply = z.output<typeof actSchema>;

/** A page of acts. */
export const activityPageSchema = pageOf(actSchema);
