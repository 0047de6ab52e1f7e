// What people say about an alert, and who is told of it, in the HTTP contract.

import * as z from "zod";
import { mailModes } from "../domain/alerting/mail-choice.ts";
import { notToldBecause, toldBecause } from "../domain/alerting/why-told.ts";
import { lineOfText } from "./text.ts";

/** The path of an alert. */
export const alertPathSchema = z.object({ id: z.uuid() });

/** The body of `PATCH /alerts/{id}`. */
export const alertNoteSchema = z.strictObject({
  acknowledged: z.boolean().optional().meta({
    description: "true: somebody sees to it. false takes that back, with its note.",
  }),
  note: lineOfText(500).nullable().optional().meta({
    description:
      'A note to the acknowledgement, such as "ordered, expected on Friday"; null only removes it. A text acknowledges the alert, too.',
  }),
  snoozedUntil: z.iso.datetime().nullable().optional().meta({
    description: "Nobody is mailed about it before; null ends that.",
  }),
});

/** A person and an alert. */
export const alertReaderSchema = z
  .object({
    name: z.string(),
    email: z.string(),
    isTold: z.boolean(),
    because: z.enum([...toldBecause, ...notToldBecause]).meta({
      description:
        "Why the person is told: store-managers, watches-product, watches-variant, watches-type. Why not: disabled, switched-off, not-watching.",
    }),
    mode: z.enum(mailModes),
    nextMailAt: z.iso.datetime().nullable().meta({
      description:
        "When a mail about news of this moment would go out: quiet hours, a pause and the hour of daily mails count. null: none would.",
    }),
  })
  .meta({ id: "AlertReader" });

/** The reply of `GET /alerts/{id}/readers`. */
export const alertReadersSchema = z.object({
  data: z.array(alertReaderSchema).meta({ description: "In the order of their names." }),
});
