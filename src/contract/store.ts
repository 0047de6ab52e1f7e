// The store's settings in the HTTP contract.

import * as z from "zod";
import { leadDaysMax, usualLeadDays } from "../domain/forecast/reorder.ts";
import { languages } from "../domain/language/languages.ts";
import { stockTakings } from "../domain/order/payment.ts";
import { emailAddressSchema } from "./email-address.ts";
import { lineOfText } from "./text.ts";
import { wholeNumber } from "./whole-number.ts";

const settings = {
  name: lineOfText(100).meta({ description: "The store's name, at the top of every mail." }),
  mailFromName: lineOfText(100).nullable().meta({
    description: "The sender's name of mails; null: MAIL_FROM_NAME of the configuration.",
  }),
  mailFromEmail: emailAddressSchema
    .nullable()
    .meta({ description: "The sender's address of mails; null: MAIL_FROM of the configuration." }),
  replyToEmail: emailAddressSchema
    .nullable()
    .meta({ description: "The address for replies to mails; null: the sender." }),
  restockOnReturn: z.boolean().meta({
    description:
      "Whether units go back to stock at once when they are cancelled or refunded. A request can say otherwise.",
  }),
  takeStock: z.enum(stockTakings).meta({
    description:
      "When a new order takes its stock: as soon as it is placed, or once it is paid. Orders that were placed before keep what applied then.",
  }),
  leadDays: wholeNumber(0, leadDaysMax)
    .nullable()
    .meta({
      description: `Days from an order at a supplier to its arrival, of products that have no lead time of their own; null: ${usualLeadDays}.`,
    }),
  language: z
    .enum(languages)
    .meta({ description: "The language of mails to people who have chosen none." }),
};

/** The body of `PUT /store`. */
export const storeRequestSchema = z.strictObject({
  name: settings.name,
  mailFromName: settings.mailFromName.default(null),
  mailFromEmail: settings.mailFromEmail.default(null),
  replyToEmail: settings.replyToEmail.default(null),
  // A client that does not know these must not change them.
  restockOnReturn: settings.restockOnReturn
    .optional()
    .meta({ description: "If left out, it stays as it is." }),
  takeStock: settings.takeStock.optional().meta({ description: "If left out, it stays as it is." }),
  leadDays: settings.leadDays.optional().meta({ description: "If left out, it stays as it is." }),
  language: settings.language.optional().meta({ description: "If left out, it stays as it is." }),
});

/** The store's settings, with the configured sender. */
export const storeSchema = z
  .object({
    ...settings,
    configured: z
      .object({ mailFromName: z.string(), mailFromEmail: z.string() })
      .meta({ description: "The configuration's sender, which is used for fields that are null." }),
    version: z.int(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: "Store" });
