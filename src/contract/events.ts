// Events in the HTTP contract.

import * as z from "zod";
import { lineOfText } from "./text.ts";
import { wholeNumberText } from "./whole-number.ts";

/** The id of an event is its place in the order of events; to clients it is opaque. */
export const eventIdSchema = z
  .string()
  .regex(/^\d{1,19}-\d{1,18}$/, "expected the id of an event, as it came")
  .meta({ example: "81234-5678" });

/** An event: something that happened, told in the order in which it happened. */
export const eventSchema = z
  .object({
    id: z.string().meta({ description: "Opaque. Send it as `after` to get what came later." }),
    type: z.string().meta({ example: "order.confirmed" }),
    at: z.iso.datetime(),
    actor: z.string().nullable().meta({ description: "Who did it; null where an order did." }),
    data: z.record(z.string(), z.unknown()).meta({
      description:
        "Of an order's event: orderId, reference, status, lines with what each got, and shortages where it was rejected. Of another: what it is about, and the order that caused it.",
    }),
  })
  .meta({ id: "Event" });

/** An event as it is answered. */
export type EventReply = z.output<typeof eventSchema>;

const typeName = lineOfText(100);

/** The query of `GET /events`. */
export const eventQuerySchema = z
  .strictObject({
    after: eventIdSchema.optional().meta({
      description: "The id of the last event that was seen; left out, the first events there are.",
    }),
    cursor: eventIdSchema
      .optional()
      .meta({ description: "The same as `after`, as other lists call it." }),
    type: z
      .preprocess(
        (value) => (typeof value === "string" ? [value] : value),
        z.array(typeName).max(20).optional(),
      )
      .meta({ description: "Only events of this type; repeat it for several." }),
    limit: wholeNumberText(1, 1_000).default(100),
  })
  .refine(({ after, cursor }) => after === undefined || cursor === undefined, {
    path: ["cursor"],
    error: "expected either after or cursor",
  });

/** A page of events. */
export const eventPageSchema = z
  .object({
    data: z.array(eventSchema),
    nextCursor: z
      .string()
      .nullable()
      .meta({ description: "The last event's id, where more may be had at once." }),
  })
  .meta({ id: "EventPage" });
