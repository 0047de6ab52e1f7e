// What the store's address reads and answers.

import * as z from "zod";
import { emailAddressSchema } from "./email-address.ts";
import { lineOfText } from "./text.ts";

const settings = {
  name: lineOfText(100).meta({ description: "Stands at the head of every mail." }),
  mailFromName: lineOfText(100)
    .nullable()
    .meta({ description: "Who mails come from; null for the configured MAIL_FROM_NAME." }),
  mailFromEmail: emailAddressSchema
    .nullable()
    .meta({ description: "The address they come from; null for the configured MAIL_FROM." }),
  replyToEmail: emailAddressSchema
    .nullable()
    .meta({ description: "Where answers go; null for the sender." }),
};

/** What the settings are to be. */
export const storeRequestSchema = z.strictObject({
  name: settings.name,
  mailFromName: settings.mailFromName.default(null),
  mailFromEmail: settings.mailFromEmail.default(null),
  replyToEmail: settings.replyToEmail.default(null),
});

/** The settings as they are answered. */
export const storeSchema = z
  .object({
    ...settings,
    configured: z
      .object({ mailFromName: z.string(), mailFromEmail: z.string() })
      .meta({ description: "The sender of the service's configuration, for what is null." }),
    version: z.int(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: "Store" });
