// A store's own subject and body for a mail, and the check they pass before they are saved. The check reads them,
// looks for variables that don't exist, and renders them on every shape of the mail.

import { lowStockSamples } from "../low-stock/low-stock-samples.ts";
import { lowStockVariables } from "../low-stock/low-stock-variables.ts";
import type { LowStockMail } from "../low-stock/low-stock-mail.ts";
import { renderMarkdownBody } from "./markdown-body.ts";
import { findUnknownVariables, renderLiquid, TEMPLATE_CHARACTERS_MAX } from "./render-liquid.ts";
import { shortLine } from "../one-line.ts";
import { TemplateProblem, toTemplateProblem } from "./template-problem.ts";

/** What a store has put in place of the built-in subject and body; null keeps the built-in. */
export interface TemplateOverride {
  /** One line of Liquid. */
  subject: string | null;
  /** Liquid, then Markdown. */
  body: string | null;
}

/** One thing that is wrong with an override. Lines and columns count from 1; null where it is the whole text. */
interface OverrideProblem {
  field: "subject" | "body";
  line: number | null;
  column: number | null;
  message: string;
}

/** Whether an override may be saved, or every problem found in it. */
export type OverrideValidation = { ok: true } | { ok: false; problems: OverrideProblem[] };

/** The longest subject template, in characters. */
const SUBJECT_TEMPLATE_CHARACTERS_MAX = 500;

/** The longest subject that is sent. Mail programs show some 60 characters of it. */
const SUBJECT_CHARACTERS_MAX = 200;

/** Checks an override of the low-stock mail before it is saved. Says which field it begins with. Never throws. */
export function validateOverride(
  override: TemplateOverride,
  began: (field: "subject" | "body") => void = () => {},
): OverrideValidation {
  began("subject");
  const problems = problemsOf("subject", override.subject, renderSubject);
  began("body");
  problems.push(...problemsOf("body", override.body, renderMarkdownBody));
  return problems.length === 0 ? { ok: true } : { ok: false, problems };
}

/**
 * Renders a subject template to one line of at most 200 characters. Throws a TemplateProblem where the template is
 * broken or comes out empty.
 */
export function renderSubject(subject: string, data: LowStockMail): string {
  const line = shortLine(renderLiquid(subject, data, String), SUBJECT_CHARACTERS_MAX);
  if (line === "") throw new TemplateProblem("The subject comes out empty.");
  return line;
}

function problemsOf(
  field: "subject" | "body",
  source: string | null,
  render: (source: string, data: LowStockMail) => string,
): OverrideProblem[] {
  if (source === null) return [];
  return findProblems(field, source, render).map(({ line, column, message }) => ({
    field,
    line,
    column,
    message,
  }));
}

function findProblems(
  field: "subject" | "body",
  source: string,
  render: (source: string, data: LowStockMail) => string,
): TemplateProblem[] {
  const charactersMax =
    field === "subject" ? SUBJECT_TEMPLATE_CHARACTERS_MAX : TEMPLATE_CHARACTERS_MAX;
  if (source.trim() === "") {
    return [new TemplateProblem(`The ${field} is empty. Leave it out to keep the built-in one.`)];
  }
  if (source.length > charactersMax) {
    return [
      new TemplateProblem(
        `The ${field} is ${source.length} characters long; at most ${charactersMax} are allowed.`,
      ),
    ];
  }
  if (field === "subject" && /[\r\n]/.test(source)) {
    return [new TemplateProblem("The subject has a line break. Put it on one line.")];
  }
  try {
    const unknown = findUnknownVariables(source, lowStockVariables);
    if (unknown.length > 0) return unknown;
  } catch (error) {
    return [toTemplateProblem(error)];
  }
  for (const sample of lowStockSamples) {
    try {
      render(source, sample.data);
    } catch (error) {
      const { message, line, column } = toTemplateProblem(error);
      return [new TemplateProblem(`${message} (Tried on: ${sample.title}.)`, line, column)];
    }
  }
  return [];
}
