// The list of all mails that Tallyman sends. The API, the workers and the template thread find a template here, by its
// code. No renderer is loaded by it.

import { lowStockTemplate } from "./low-stock/low-stock-template.ts";
import { digestTemplate } from "./low-stock-digest/digest-template.ts";
import { webhookPausedTemplate } from "./webhook-paused/webhook-paused-template.ts";
import {
  type MailTemplate,
  type PreparedMail,
  UnreadableMailError,
} from "./templating/mail-template.ts";

/** Every template, in the order in which the admin app lists them. Codes are unique. */
export const mailTemplates: readonly MailTemplate[] = [
  lowStockTemplate,
  digestTemplate,
  webhookPausedTemplate,
];

/** Finds a template by its code. */
export function findMailTemplate(code: string): MailTemplate | undefined {
  return mailTemplates.find((template) => template.code === code);
}

/** Finds a template by its code. Throws an `UnreadableMailError` if there is none. */
export function requireMailTemplate(code: string): MailTemplate {
  const template = findMailTemplate(code);
  if (template !== undefined) return template;
  throw new UnreadableMailError(`this version of Tallyman has no mail template "${code}"`);
}

/**
 * Makes a stored mail ready to be rendered. Throws an `UnreadableMailError` if there is no template of the code, or the
 * data is not of that template.
 */
export function prepareMail(code: string, data: unknown): PreparedMail {
  return requireMailTemplate(code).prepare(data);
}
