// The requests and replies of the mail log's endpoints.

import * as z from "zod";
import { mailStatuses } from "../domain/mail-status.ts";
import { pageOf, pageQueryShape } from "./paging.ts";
import { lineOfText } from "./text.ts";

/** The path of a mail. */
export const mailPathSchema = z.object({ id: z.uuid() });

/** The query of `GET /mails`. */
export const mailListQuerySchema = z.strictObject({
  ...pageQueryShape,
  status: z.enum(mailStatuses).optional(),
  alert: z.uuid().optional().meta({ description: "Only mails about this alert." }),
  q: lineOfText(200)
    .optional()
    .meta({ description: "Part of the recipient's name or email, or of the subject." }),
});

const entry = {
  id: z.uuid(),
  templateCode: z.string(),
  status: z.enum(mailStatuses),
  to: z.object({ name: z.string(), email: z.string() }),
  subject: z.string().nullable().meta({ description: "null until the mail is rendered." }),
  alertId: z.uuid().nullable(),
  notice: z.enum(["low", "out"]).nullable(),
  resendOf: z.uuid().nullable(),
  attempts: z.int(),
  lastError: z.string().nullable(),
  overrideProblem: z.string().nullable().meta({
    description: "Why the store's override was not used; null if it was, or if there is none.",
  }),
  createdAt: z.iso.datetime(),
  sentAt: z.iso.datetime().nullable(),
  waitsUntil: z.iso.datetime().nullable().meta({
    description:
      "Until when it waits for others or because its reader wants it so; null if it does not.",
  }),
};

/** A mail in a list. */
export const mailEntrySchema = z.object(entry).meta({ id: "MailEntry" });

/** The most mails of one request to send mails again, or to try them now. */
export const mailsAtOnceMax = 100;

/** The body of `POST /mails/resend` and of `POST /mails/try-now`. */
export const mailChoiceSchema = z
  .strictObject({
    ids: z
      .array(z.uuid())
      .min(1)
      .max(mailsAtOnceMax)
      .refine((ids) => new Set(ids).size === ids.length, { error: "expected each id once" })
      .optional()
      .meta({ description: "Only these mails." }),
  })
  .meta({ id: "MailChoice" });

/** The answer to `POST /mails/resend`. */
export const mailsResentSchema = z
  .object({
    outcomes: z
      .array(
        z.union([
          z.object({
            id: z.uuid(),
            resentAs: z.uuid().meta({ description: "The new mail, which will be sent." }),
          }),
          z.object({
            id: z.uuid(),
            problem: z.record(z.string(), z.unknown()).meta({
              description: "Why it is not sent again, as `POST /mails/{id}/resend` answers it.",
            }),
          }),
        ]),
      )
      .meta({ description: "One for each mail, in the order of the request, or oldest first." }),
    failedLeft: z.int().meta({ description: "Failed mails that are still to be sent again." }),
  })
  .meta({ id: "MailsResent" });

/** The answer to `POST /mails/try-now`. */
export const mailsTriedSchema = z
  .object({
    tried: z.array(z.uuid()).meta({ description: "Mails whose next attempt begins now." }),
    left: z.int().meta({ description: "Mails beyond the most of one request, which still wait." }),
  })
  .meta({ id: "MailsTried" });

/** A page of mails. */
export const mailPageSchema = pageOf(mailEntrySchema);

/** A mail with its content. */
export const mailSchema = z
  .object({
    ...entry,
    messageId: z.string(),
    html: z.string().nullable(),
    text: z.string().nullable(),
    sku: z
      .string()
      .nullable()
      .meta({ description: "What ran low, if the mail is about an alert." }),
    productSku: z
      .string()
      .nullable()
      .meta({ description: "The product's SKU. It differs from `sku` if a variant ran low." }),
  })
  .meta({ id: "Mail" });
