// The list of all mails that Tallyman sends. The API, the workers and the template thread find a template here, by its
// code. No renderer is loaded by it.

import type { Voice } from "../domain/language/languages.ts";
import {
  addressChangedTemplate,
  invitationTemplate,
  passwordChangedTemplate,
  passwordResetTemplate,
} from "./accounts/account-templates.ts";
import { lowStockTemplate } from "./low-stock/low-stock-template.ts";
import { digestTemplate } from "./low-stock-digest/digest-template.ts";
import { supplierOrderTemplate } from "./supplier-order/supplier-order-template.ts";
import { webhookPausedTemplate } from "./webhook-paused/webhook-paused-template.ts";
import {
  type MailTemplate,
  type PreparedMail,
  UnreadableMailError,
} from "./templating/mail-template.ts";

/** Every template that a store may edit, in the order in which the admin app lists them. Codes are unique. */
export const mailTemplates: readonly MailTemplate[] = [
  lowStockTemplate,
  digestTemplate,
  supplierOrderTemplate,
  webhookPausedTemplate,
];

/** The templates that are as they are: account-templates.ts says why. */
export const fixedTemplates: readonly MailTemplate[] = [
  invitationTemplate,
  passwordResetTemplate,
  passwordChangedTemplate,
  addressChangedTemplate,
];

/** Finds a template that may be edited by its code. */
export function findMailTemplate(code: string): MailTemplate | undefined {
  return mailTemplates.find((template) => template.code === code);
}

/** Finds any template by its code. Throws an `UnreadableMailError` if there is none. */
export function requireMailTemplate(code: string): MailTemplate {
  const template = findMailTemplate(code) ?? fixedTemplates.find((fixed) => fixed.code === code);
  if (template !== undefined) return template;
  throw new UnreadableMailError(`this version of Tallyman has no mail template "${code}"`);
}

/**
 * Makes a stored mail ready to be rendered. Throws an `UnreadableMailError` if there is no template of the code, or the
 * data is not of that template.
 */
export function prepareMail(code: string, data: unknown, voice?: Voice): PreparedMail {
  return requireMailTemplate(code).prepare(data, voice);
}
