// The data of one low-stock mail. It is stored as JSON in the mail's row when the alert is checked, and parsed again
// when the mail is sent. So a mail says what was true when its alert was raised.

import * as z from "zod";
import { adminUrlSchema, mailDataShape } from "../templating/mail-template.ts";

/** Parses the stored data. Fields that a newer version added are dropped. */
export const lowStockMailSchema = z.object({
  ...mailDataShape,
  product: z.object({ sku: z.string(), name: z.string(), adminUrl: adminUrlSchema }),
  /** The variant whose units ran low, or null if the product's own units did. */
  variant: z.object({ sku: z.string(), name: z.string() }).nullable(),
  /** Whose units ran low: the variant, or the product if `variant` is null. */
  holder: z.object({ kind: z.enum(["product", "variant"]), sku: z.string(), name: z.string() }),
  stock: z.object({
    /** Below zero if more was sold than was in stock. */
    unitsInStock: z.int(),
    /** The stock alert threshold that was reached, in units. */
    threshold: z.int().min(0),
    /** `low`: still sold. `out`: not sold, because the threshold holds the units back or none is left. */
    state: z.enum(["low", "out"]),
    /** The units when the mail was written, if they had risen again by then; else null. Older mails have none. */
    unitsSince: z.int().nullable().default(null),
  }),
  /** The order that took the units, or null if a person changed the stock. */
  order: z.object({ reference: z.string(), adminUrl: adminUrlSchema }).nullable(),
  /** What changed the stock if no order did, as part of a sentence: "an adjustment". */
  cause: z.string(),
  /** Who changed the stock, if a person or key did; else null. Older mails have none. */
  changedBy: z.string().nullable().default(null),
  /** Units. */
  soldLast7Days: z.int().min(0),
  /** What is on its way, and when the next of it is expected. Null if nothing is. */
  incoming: z
    .object({ units: z.int(), nextAt: z.iso.datetime({ offset: true }) })
    .nullable()
    .default(null),
  alert: z.object({
    id: z.string(),
    openedAt: z.iso.datetime({ offset: true }),
    adminUrl: adminUrlSchema,
  }),
});

/** Everything that one low-stock mail says to one recipient. */
export type LowStockMail = z.infer<typeof lowStockMailSchema>;
