// What can be expected of the stock of a product, in the HTTP contract.

import * as z from "zod";
import { pageQueryShape } from "./paging.ts";
import { levelShape } from "./stock.ts";
import { incomingSchema } from "./incoming.ts";

/** How sure a forecast is. */
export const certaintySchema = z.enum(["sure", "rough", "guess"]).meta({
  description:
    "sure: the day is likely to be right within a quarter of the time until then. rough: it may be half as long or twice as long. guess: little was sold, or for less than a week.",
});

/** When a count runs out. */
export const runOutSchema = z
  .object({
    kind: z.enum(["runs-out", "out", "not-soon", "unknown"]).meta({
      description:
        "out: nothing can be sold now. not-soon: nothing was sold, or it lasts longer than a year. unknown: it was not in stock in these days.",
    }),
    at: z.iso.datetime().nullable().meta({
      description: "About when nothing can be sold any more; null unless `kind` is runs-out.",
    }),
    from: z.iso.datetime().nullable().meta({ description: "In four of five cases not before." }),
    until: z.iso.datetime().nullable().meta({ description: "In four of five cases not after." }),
    certainty: certaintySchema.nullable(),
  })
  .meta({ id: "RunOut" });

/** When a count runs out, as the API answers it. */
export type RunOutReply = z.output<typeof runOutSchema>;

/** What to reorder of an item, with the times and packs that it depends on. */
export const reorderShape = {
  leadDays: z.int().meta({
    description:
      "Days from an order to its arrival: the variant's, or else its product's, or else the store's.",
  }),
  packSize: z.int().meta({ description: "What to reorder is a multiple of it." }),
  reorder: z
    .object({ units: z.int(), why: z.string() })
    .nullable()
    .meta({ description: "What to order now; null: there is enough, or enough is on its way." }),
};

/** One count of a product with what can be expected of it. */
export const outlookSchema = z
  .object({
    ...levelShape,
    name: z.string().nullable().meta({
      description: "The name of the variant; null for the product's own count.",
    }),
    incoming: incomingSchema,
    unitsPreOrdered: z.int().meta({ description: "Promised units that wait for this count." }),
    unitsSoldLast7Days: z.int(),
    unitsSoldLast28Days: z.int(),
    daysInStock: z.number().meta({
      description: "On so many of the last 28 days it could be sold; parts of days are added up.",
    }),
    unitsPerDay: z.number().nullable().meta({
      description:
        "Units that a day with stock sells; a day that sold far more than the others counts as 8 of them. null: it was never in stock.",
    }),
    runsOut: runOutSchema,
    ...reorderShape,
    openAlert: z
      .object({ id: z.uuid(), state: z.enum(["low", "out"]), openedAt: z.iso.datetime() })
      .nullable(),
  })
  .meta({ id: "StockOutlook" });

/** One count with what can be expected of it, as the API answers it. */
export type OutlookReply = z.output<typeof outlookSchema>;

/** The query of `GET /products/{sku}/outlook`. */
export const outlookQuerySchema = z.strictObject(pageQueryShape);
