// The requests and replies of the mail templates' endpoints.

import * as z from "zod";
import { languages } from "../domain/language/languages.ts";
import { emailAddressSchema } from "./email-address.ts";
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

const languageSchema = z.enum(languages).optional().meta({
  description:
    "The text of this language. If left out, the one for all languages that have no text of their own.",
});

/** Which text of a template is meant. */
export const templateQuerySchema = z.strictObject({ language: languageSchema });

/** A list of the versions of a text. */
export const versionListQuerySchema = z.strictObject({
  ...pageQueryShape,
  language: languageSchema,
});

const writtenIn = z.enum(languages).optional().meta({
  description:
    "The language that the mail is written in. If left out, the language of the store. If it is given without subject and body, the text is the one that mails in this language have now.",
});

/** Any text that can be stored. Its length and content are checked when the template is rendered on its samples. */
const templateText = freeText(100_000).nullable();

const override = {
  subject: templateText
    .default(null)
    .meta({ description: "One line of Liquid; null for the built-in." }),
  body: templateText
    .default(null)
    .meta({ description: "Liquid, then Markdown; null for the built-in." }),
};

/** An override to store. */
export const templateRequestSchema = z.strictObject(override);

/** The title of a sample. `titles` are those that a request may name. */
export function sampleTitleSchema(titles: readonly string[]) {
  return z.enum(titles).optional().meta({
    description: "The title of the sample that it is rendered on; the first if left out.",
  });
}

/** An override to preview. `sampleTitles` are those that a request may name. */
export function previewRequestSchema(sampleTitles: readonly string[]) {
  return z.strictObject({
    ...override,
    sample: sampleTitleSchema(sampleTitles),
    language: writtenIn,
  });
}

/** A test to send: of the given override, or of the stored one if neither subject nor body is given. */
export function testSendRequestSchema(sampleTitles: readonly string[]) {
  return z.strictObject({
    subject: templateText.optional(),
    body: templateText.optional(),
    sample: sampleTitleSchema(sampleTitles),
    language: writtenIn,
    to: emailAddressSchema
      .optional()
      .meta({ description: "People may leave it out: the mail goes to themselves." }),
  });
}

/** A template, with the override that the store has. */
export const templateSchema = z
  .object({
    code: z.string(),
    language: z.enum(languages).nullable().meta({
      description: "null: the text for all languages that have none of their own.",
    }),
    ownTexts: z
      .array(z.enum(languages))
      .meta({ description: "The languages for which the store has a text of its own." }),
    name: z.string(),
    description: z.string(),
    subject: z.string().nullable().meta({ description: "The store's own; null for the built-in." }),
    body: z.string().nullable().meta({ description: "The store's own; null for the built-in." }),
    defaultSubject: z.string(),
    starterBody: z.string().meta({ description: "A body to begin an override with." }),
    version: z.int().meta({ description: "0 if nothing was ever stored." }),
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

/** The variables of a template, and the titles of the samples that an override can be tried on. */
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
