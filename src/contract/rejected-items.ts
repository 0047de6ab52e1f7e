// Items that orders were rejected for, in the HTTP contract.

import * as z from "zod";
import { wholeNumberText } from "./whole-number.ts";

const namedSchema = z.object({ sku: z.string(), name: z.string() });

/** The query of `GET /rejected-items`. */
export const rejectedItemsQuerySchema = z.strictObject({
  hours: wholeNumberText(1, 168).default(24).meta({ description: "How many hours back to start." }),
  limit: wholeNumberText(1, 50).default(10),
});

/** The answer of `GET /rejected-items`. */
export const rejectedItemsSchema = z
  .object({
    data: z.array(
      z.object({
        sku: z.string(),
        product: namedSchema,
        variant: namedSchema.nullable(),
        orders: z.int().meta({ description: "Orders that were rejected for it." }),
        units: z.int().meta({ description: "Units of it that these orders requested." }),
        lastOrder: z.object({ id: z.uuid(), reference: z.string() }),
        unitsInStock: z.int().nullable().meta({
          description: "The count now; null if the item is gone or is not counted any more.",
        }),
      }),
    ),
    isComplete: z.boolean().meta({
      description: "false: more orders were rejected than are read, and only the newest count.",
    }),
  })
  .meta({ id: "RejectedItems" });

/** The items as the API answers them. */
export type RejectedItemsReply = z.output<typeof rejectedItemsSchema>;
