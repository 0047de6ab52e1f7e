// What a mail template is: everything that the API, the workers and the template thread need of one kind of mail. All
// of them go by this value alone, so a new mail is one more value in mail-templates.ts.

import type { ReactNode } from "react";
import * as z from "zod";
import { emailAddressSchema } from "../../contract/email-address.ts";
import { type Language, type Voice, voiceOf } from "../../domain/language/languages.ts";
import { formatsOf, type MailFormats } from "./mail-formats.ts";

/** The address of a page of the admin app, as a mail's data holds it. */
export const adminUrlSchema = z.url({
  protocol: /^https?$/,
  error: "expected an http or https address",
});

/** The fields that the data of every mail has. A template's schema is an object of these and its own fields. */
export const mailDataShape = {
  store: z.object({ name: z.string(), adminUrl: adminUrlSchema }),
  recipient: z.object({ name: z.string(), email: emailAddressSchema }),
};

/** What is known of the data of any mail. */
export type MailData = {
  readonly store: { readonly name: string; readonly adminUrl: string };
  readonly recipient: { readonly name: string; readonly email: string };
};

/** One variable that an override may use: its dotted name, its meaning as a sentence, and an example of its value. */
export type TemplateVariable = {
  readonly name: string;
  readonly meaning: string;
  readonly sample: string;
};

/** Believable data for one shape of a mail. The title is unique in its template. */
export type MailSample<Data = MailData> = { readonly title: string; readonly data: Data };

/** What surrounds the body of a mail, whoever wrote the body. */
export type MailFrame = {
  /** What a list of mails shows after the subject. */
  readonly preheader: string;
  /** Why the reader gets this mail, as a sentence. */
  readonly footer: string;
  /** The addresses in the data. Only these become links if an override puts them in its text without Markdown. */
  readonly links: readonly string[];
  /** Whether it goes to somebody who can't log in, so that nothing leads to the admin app. */
  readonly isForOutsiders?: boolean;
  /** Whether its body has a one-time link, whose token is put in only while it is sent: see password-token.ts. */
  readonly hasOneTimeLink?: boolean;
};

/** A file of a mail. */
export type MailAttachment = {
  readonly filename: string;
  readonly contentType: string;
  readonly content: string;
};

/** A built-in body: what the HTML shows, and the same as plain text. */
export type MailBody = { readonly content: ReactNode; readonly text: string };

/** What every template has in each language. Its own texts are besides. */
export type TemplateWords = {
  /** The subject, in Liquid, unless an override has its own. */
  readonly subject: string;
  /** A body in Liquid and Markdown to begin an override with. The built-in body is drawn, not written in Markdown. */
  readonly starterBody: string;
};

/** What a mail is written with: the texts of its language, and the formats of its reader. */
export type Speech<Words> = { readonly words: Words; readonly formats: MailFormats };

/** What is known about a template without any data. */
type TemplateFacts = {
  /** Identifies the template in addresses and stored mails, for good. */
  readonly code: string;
  /** What the admin app calls it. */
  readonly name: string;
  /** Who gets the mail and when, in words for a manager. */
  readonly description: string;
  /** Every variable that an override may use: all fields of the data. */
  readonly variables: readonly TemplateVariable[];
};

/** A template as its own folder defines it, with functions of its own data. */
export type MailTemplateDefinition<
  Data extends MailData,
  Words extends TemplateWords,
> = TemplateFacts & {
  /** The template's texts in each language. */
  readonly words: Readonly<Record<Language, Words>>;
  /** Parses stored data. Fields that a newer version added are dropped. */
  readonly schema: z.ZodType<Data>;
  /** One sample for each shape of the mail, at least one. An override must work on all. */
  readonly samples: readonly MailSample<Data>[];
  readonly frame: (data: Data, speech: Speech<Words>) => MailFrame;
  /** The files that go with it, whoever wrote its body; none if left out. */
  readonly attach?: (data: Data, speech: Speech<Words>) => readonly MailAttachment[];
  /** Says in the mail's language what the data has as words, so that an override finds it so. Left out if it has none. */
  readonly translate?: (data: Data, language: Language) => Data;
  /** Draws the built-in body. Loads React when it is first called, so that processes that draw no mail do without. */
  readonly drawBody: (data: Data, speech: Speech<Words>) => Promise<MailBody>;
};

/** A template as everything else sees it. */
export type MailTemplate = TemplateFacts & {
  readonly words: Readonly<Record<Language, TemplateWords>>;
  readonly samples: readonly MailSample[];
  /**
   * Parses data and binds it to the template, in English with times in UTC if no voice is given. Throws an
   * `UnreadableMailError` if the data is not of this template.
   */
  readonly prepare: (data: unknown, voice?: Voice) => PreparedMail;
};

/** One mail to one recipient, ready to be rendered: a template with data that its schema has parsed. */
export type PreparedMail = {
  readonly template: MailTemplate;
  readonly voice: Voice;
  readonly data: MailData;
  readonly frame: MailFrame;
  readonly attachments: readonly MailAttachment[];
  readonly drawBody: () => Promise<MailBody>;
};

/** A mail's data does not fit its template, or there is no such template. The message says which, in lower case. */
export class UnreadableMailError extends Error {
  override readonly name = "UnreadableMailError";
}

/** Creates a template. What depends on the type of its data is kept inside, so that all templates have one type. */
export function createMailTemplate<Data extends MailData, Words extends TemplateWords>(
  definition: MailTemplateDefinition<Data, Words>,
): MailTemplate {
  const { schema, words, translate, frame, drawBody, attach, ...facts } = definition;
  const template: MailTemplate = {
    ...facts,
    words,
    prepare(stored, voice = voiceOf({})) {
      const parsed = schema.safeParse(stored);
      if (!parsed.success) {
        const field = parsed.error.issues[0]?.path.join(".");
        throw new UnreadableMailError(`the mail's stored data can't be read (${field})`);
      }
      const data = translate?.(parsed.data, voice.language) ?? parsed.data;
      const speech = { words: words[voice.language], formats: formatsOf(voice) };
      return {
        template,
        voice,
        data,
        frame: frame(data, speech),
        attachments: attach?.(data, speech) ?? [],
        drawBody: () => drawBody(data, speech),
      };
    },
  };
  return template;
}
