// What the mail templates' addresses read and answer.

import * as z from "zod";
import { emailAddressSchema } from "./email-address.ts";
import { lowStockSamples } from "../emails/low-stock/low-stock-samples.ts";
import { pageOf, pageQueryShape } from "./paging.ts";
import { freeText, printable } from "./text.ts";

/** The address of a template. */
export const templatePathSchema = z.object({
  code: z
    .string()
    .max(100)
    .regex(printable, "expected the code of a template")
    .meta({ examples: ["shop:low_stock_internal"] }),
});

/** A list without a filter. */
export const plainListQuerySchema = z.strictObject(pageQueryShape);

/** What can be stored. Length and content are judged by the check that a template passes. */
const templateText = freeText(100_000).nullable();

const words = {
  subject: templateText
    .default(null)
    .meta({ description: "One line of Liquid; null for the built-in." }),
  body: templateText
    .default(null)
    .meta({ description: "Liquid, then Markdown; null for the built-in." }),
};

/** Words to be stored. */
export const templateRequestSchema = z.strictObject(words);

const sampleSchema = z
  .enum(lowStockSamples.map(({ title }) => title))
  .optional()
  .meta({ description: "The title of the sample that it is rendered on; the first if left out." });

/** Words to be previewed. */
export const previewRequestSchema = z.strictObject({ ...words, sample: sampleSchema });

/** A test to be sent: of given words or, where neither is given, of those that are stored. */
export const testSendRequestSchema = z.strictObject({
  subject: templateText.optional(),
  body: templateText.optional(),
  sample: sampleSchema,
  to: emailAddressSchema
    .optional()
    .meta({ description: "People may leave it out: the mail goes to themselves." }),
});

/** A template as it is answered. */
export const templateSchema = z
  .object({
    code: z.string(),
    name: z.string(),
    description: z.string(),
    subject: z.string().nullable().meta({ description: "The store's own; null for the built-in." }),
    body: z.string().nullable().meta({ description: "The store's own; null for the built-in." }),
    defaultSubject: z.string(),
    starterBody: z.string().meta({ description: "A body to begin an own one with." }),
    version: z.int().meta({ description: "0 where nothing was ever stored." }),
    updatedAt: z.iso.datetime().nullable(),
    updatedBy: z.string().nullable(),
  })
  .meta({ id: "MailTemplate" });

/** A page of templates. */
export const templatePageSchema = pageOf(templateSchema);

/** A page of a template's versions. */
export const versionPageSchema = pageOf(
  z
    .object({
      version: z.int(),
      subject: z.string().nullable(),
      body: z.string().nullable(),
      savedAt: z.iso.datetime(),
      savedBy: z.string(),
    })
    .meta({ id: "MailTemplateVersion" }),
);

/** What a template may say, and the samples that it can be tried on. */
export const variablesSchema = z
  .object({
    variables: z.array(z.object({ name: z.string(), meaning: z.string(), sample: z.string() })),
    samples: z.array(z.string()),
  })
  .meta({ id: "MailTemplateVariables" });

/** A rendered template. */
export const previewSchema = z
  .object({ subject: z.string(), html: z.string(), text: z.string() })
  .meta({ id: "MailPreview" });

/** A test that was sent. */
export const sentTestSchema = z
  .object({
    mail: z.uuid().meta({ description: "Its entry in the mail log." }),
    to: z.string(),
    subject: z.string(),
    response: z.string().meta({ description: "What the mail server said." }),
  })
  .meta({ id: "SentTestMail" });
