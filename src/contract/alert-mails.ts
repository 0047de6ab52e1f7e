// How a person is told of alerts in the HTTP contract. It is apart from the session, which every page of the admin app
// reads.

import * as z from "zod";
import { isTimeZone } from "../domain/alerting/local-time.ts";
import { mailModes } from "../domain/alerting/mail-choice.ts";
import { productTypeCodeSchema } from "./product-types.ts";
import { skuSchema } from "./sku.ts";
import { printable } from "./text.ts";

const timeOfDaySchema = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "expected a time of day from 00:00 to 23:59, such as 08:00");

/** The body of `PUT /session/alert-mails`. */
export const alertMailsSchema = z
  .strictObject({
    mode: z.enum(mailModes).meta({
      description:
        "at-once: a mail about each item, and one mail if many come together. daily: one mail a day. off: none.",
    }),
    dailyAt: timeOfDaySchema.meta({ description: "When the daily mail is written." }),
    quietHours: z
      .strictObject({ from: timeOfDaySchema, until: timeOfDaySchema })
      .refine(({ from, until }) => from !== until, {
        error: "expected quiet hours that end at another time than they begin",
        path: ["until"],
      })
      .nullable()
      .meta({
        description:
          "No mail is sent from then until then; they may pass midnight. What comes meanwhile is mailed at their end. null: none.",
      }),
    timeZone: z
      .string()
      .max(60)
      .regex(printable)
      .refine(isTimeZone, "expected the name of a time zone, such as Europe/Berlin")
      .meta({ description: "The times of day are of this zone." }),
    pausedUntil: z.iso.datetime().nullable().meta({
      description:
        "Nothing is mailed before. What comes meanwhile is mailed then. null: not paused.",
    }),
    watching: z.array(skuSchema).max(100).meta({
      description:
        "SKUs of products and variants that this person is told of besides. Whoever watches a product is told of its variants too. Members of store-managers are told of everything.",
    }),
    watchingTypes: z.array(productTypeCodeSchema).max(50).optional().meta({
      description:
        "Codes of product types: this person is told of all their products. If left out, they stay as they are.",
    }),
  })
  .meta({ id: "AlertMails" });

/** How a person is told of alerts, as it is answered. */
export const alertMailsReplySchema = z
  .strictObject({ ...alertMailsSchema.shape, watchingTypes: z.array(z.string()) })
  .meta({ id: "AlertMailsNow" });

/** The path of an item that a person watches. */
export const watchedItemPathSchema = z.object({ sku: skuSchema });

/** How a person is told of alerts, as it is answered. */
export type AlertMailsReply = z.output<typeof alertMailsReplySchema>;

/** How a person wants to be told of alerts. */
export type AlertMails = z.output<typeof alertMailsSchema>;
