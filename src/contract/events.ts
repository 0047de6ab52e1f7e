// Events in the HTTP contract.

import * as z from "zod";
import { eventTypes } from "./event-types.ts";
import { repeated } from "./repeated.ts";
import { skuSchema } from "./sku.ts";
import { lineOfText } from "./text.ts";
import { wholeNumberText } from "./whole-number.ts";

/** The id of an event. It sorts events; to clients it is opaque. */
export const eventIdSchema = z
  .string()
  .regex(/^(\d{1,19}-)?\d{1,18}$/, "expected the id of an event, unchanged")
  .meta({ example: "81234" });

/** An event. Lists have events in the order in which they happened. */
export const eventSchema = z
  .object({
    id: z.string().meta({ description: "Opaque. Send it as `after` to get later events." }),
    type: z.string().meta({
      example: "order.confirmed",
      description: Object.entries(eventTypes)
        .map(([type, happened]) => `- \`${type}\`: ${happened}`)
        .join("\n"),
    }),
    at: z.iso.datetime(),
    actor: z.string().nullable().meta({ description: "Who did it; null if an order did." }),
    requestId: z.string().nullable().meta({
      description:
        "The `X-Request-Id` of the request that caused it. If an order did: the id that the client sent when it placed the order. null if there is none.",
    }),
    data: z.record(z.string(), z.unknown()).meta({
      description:
        "An order's event has orderId, reference, status, the lines with the units of each, and shortages and refundDue if it was rejected. With refundDue it was paid before: the payment has to be given back. `order.allocated` also has the units that it got, as allocated. If units were cancelled, refunded or restocked, it has those units in a field of that name; the status stays confirmed as long as something of the order is left. Other events have what they are about, and the order that caused them.",
    }),
  })
  .meta({ id: "Event" });

const typeName = lineOfText(100);

/** The query of `GET /events`. */
export const eventQuerySchema = z
  .strictObject({
    after: z
      .union([z.literal("latest"), eventIdSchema])
      .optional()
      .meta({
        description:
          "The id of the last event that you have read, or the `place` of the last page. If left out, the list starts with the oldest event that is kept. `latest` starts after all events so far: the page is empty and says the place.",
      }),
    cursor: eventIdSchema
      .optional()
      .meta({ description: "Another name for `after`, as in other lists." }),
    type: repeated(typeName, 20).meta({
      description: "Only events of this type; repeat it for several.",
    }),
    sku: repeated(skuSchema, 20).meta({
      description:
        "Only events about this SKU; repeat it for several: changes of the stock that it is sold from, its own events, and those of orders that have a line of it. A page searches at most 5,000 places, so it may be empty although there are more: go on with `nextCursor`.",
    }),
    wait: wholeNumberText(0, 60).default(0).meta({
      description:
        "If there is no event yet, the answer waits up to so many seconds for one, then it is an empty page.",
    }),
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
      .meta({ description: "The same as `place`, if there may be more events now; else null." }),
    place: z.string().meta({
      description:
        "Where to go on: send it as `after`. It is also past later events that are not of the types and SKUs that you asked for.",
      example: "81234",
    }),
  })
  .meta({ id: "EventPage" });
