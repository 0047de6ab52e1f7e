// The data of one mail of template `shop:low_stock_internal`. It is stored as JSON with the mail row when the alert
// is checked and parsed again when the mail is sent, so a mail says what was true when its alert was raised.

import { z } from "zod";
import { emailAddressSchema } from "../../contract/email-address.ts";

const adminUrlSchema = z.url({ protocol: /^https?$/, error: "expected an http or https address" });

/** Parses the stored data of a low-stock mail; unknown fields of a newer version are left out. */
export const lowStockMailSchema = z.object({
  store: z.object({ name: z.string(), adminUrl: adminUrlSchema }),
  product: z.object({ sku: z.string(), name: z.string(), adminUrl: adminUrlSchema }),
  /** The variant that the stock was taken through, or null where the product has none. */
  variant: z.object({ sku: z.string(), name: z.string() }).nullable(),
  /** Whose count ran low: the variant where it has units of its own, else the product. */
  holder: z.object({ kind: z.enum(["product", "variant"]), sku: z.string(), name: z.string() }),
  stock: z.object({
    unitsInStock: z.int(),
    /** The limit that was crossed: never below zero. */
    threshold: z.int().min(0),
    state: z.enum(["low", "out"]),
  }),
  /** The order that took the units, or null where a person's change did. */
  order: z.object({ reference: z.string(), adminUrl: adminUrlSchema }).nullable(),
  /** What did it where no order did, as part of a sentence: "an adjustment". */
  cause: z.string(),
  soldLast7Days: z.int().min(0),
  recipient: z.object({ name: z.string(), email: emailAddressSchema }),
  alert: z.object({
    id: z.string(),
    openedAt: z.iso.datetime({ offset: true }),
    adminUrl: adminUrlSchema,
  }),
});

/** Everything one low-stock mail says, to one recipient. */
export type LowStockMail = z.infer<typeof lowStockMailSchema>;
