// Mails to suppliers in the HTTP contract.

import * as z from "zod";
import { emailAddressSchema } from "./email-address.ts";
import { skuSchema } from "./sku.ts";
import { unitsMax } from "./stock.ts";
import { freeText, lineOfText } from "./text.ts";
import { wholeNumber } from "./whole-number.ts";

/** The most items of one mail. Gmail shows no more than 102 kB of a mail. */
export const supplierMailLinesMax = 200;

/** The body of `POST /supplier-mails`. */
export const supplierMailRequestSchema = z
  .strictObject({
    to: emailAddressSchema.meta({ description: "The supplier's address." }),
    subject: lineOfText(200),
    message: freeText(4_000)
      .default("")
      .meta({ description: "Stands above the items. May have several lines." }),
    lines: z
      .array(z.strictObject({ sku: skuSchema, units: wholeNumber(1, unitsMax) }))
      .min(1)
      .max(supplierMailLinesMax)
      .meta({ description: "The units of lines with the same SKU are added up." }),
  })
  .meta({ id: "SupplierMailRequest" });

/** A mail to a supplier that was written. */
export const supplierMailSchema = z
  .object({ mail: z.uuid().meta({ description: "Its id: `GET /mails/{id}`." }), to: z.string() })
  .meta({ id: "SupplierMail" });
