// Checks an override that somebody is writing, and renders it on a sample with this store's name.

import { readStore } from "../../db/store/store-settings.ts";
import { type Language, voiceOf } from "../../domain/language/languages.ts";
import type { TemplateOverride } from "../../domain/template-override.ts";
import type {
  MailData,
  MailTemplate,
  PreparedMail,
} from "../../emails/templating/mail-template.ts";
import type { RenderedMail } from "../../emails/templating/render-mail.tsx";
import { ThreadBusyError } from "../../emails/templating/template-thread.ts";
import type { ApiContext } from "../context.ts";
import { Problem } from "../http/problem.ts";

/** Throws a 422 problem with every fault and its line if the override can't be used. */
export async function refuseBroken(
  { templates }: ApiContext,
  template: MailTemplate,
  override: TemplateOverride,
): Promise<void> {
  const validation = await orBusyProblem(templates.check(template, override));
  if (validation.ok) return;
  throw new Problem("validation-failed", "The template can't be used; see errors.", {
    errors: validation.problems.map(({ field, line, column, message }) => ({
      pointer: `/${field}`,
      detail: line === null ? message : `Line ${line}: ${message}`,
      line,
      column,
    })),
  });
}

/** What a sample is made of. What is left out is the first sample's, the store's language, and the sample's recipient. */
type SampleChoice = {
  readonly title?: string | undefined;
  readonly language?: Language | undefined;
  readonly recipient?: MailData["recipient"];
};

/** Returns a sample as this store would send it. */
export async function prepareSample(
  { orm, publicUrl }: ApiContext,
  template: MailTemplate,
  { title, language, recipient }: SampleChoice,
): Promise<PreparedMail> {
  const [first] = template.samples;
  const sample = template.samples.find((candidate) => candidate.title === title) ?? first;
  if (sample === undefined)
    throw new Error(`Expected a sample of ${template.code}; there is none.`);
  const store = await readStore(orm);
  const data = {
    ...sample.data,
    store: { name: store.name, adminUrl: `${publicUrl()}/admin` },
    recipient: recipient ?? sample.data.recipient,
  };
  return template.prepare(data, voiceOf({ language: language ?? store.language }));
}

/** Renders an override that passed `refuseBroken`. */
export async function renderSample(
  { templates }: ApiContext,
  mail: PreparedMail,
  override: TemplateOverride | null,
): Promise<RenderedMail> {
  // The first preview loads React. Most processes never show one.
  const { renderMail } = await import("../../emails/templating/render-mail.tsx");
  return orBusyProblem(renderMail(mail, override, templates.render));
}

/** Overrides are checked and rendered one after the other. If too many wait, the caller is asked to retry. */
async function orBusyProblem<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof ThreadBusyError)) throw error;
    throw new Problem(
      "too-many-requests",
      "Too many templates are being tried at once. Send the same request again in a second.",
      { headers: { "Retry-After": "1" } },
    );
  }
}
