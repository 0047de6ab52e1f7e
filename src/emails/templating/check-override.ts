// Checks an override before it is saved: reads it, looks for variables that don't exist, and renders it on every sample
// of its template.

import type { TemplateOverride } from "../../domain/template-override.ts";
import type { MailTemplate, PreparedMail } from "./mail-template.ts";
import { renderMarkdownBody } from "./markdown-body.ts";
import { findUnknownVariables, templateCharactersMax } from "./render-liquid.ts";
import { renderSubject } from "./render-subject.ts";
import { TemplateProblem, toTemplateProblem } from "./template-problem.ts";

/** One of the two texts of an override. */
export type OverrideField = keyof TemplateOverride;

/** One thing that is wrong with an override. Lines and columns count from 1; null if the whole text is meant. */
type OverrideProblem = {
  readonly field: OverrideField;
  readonly line: number | null;
  readonly column: number | null;
  readonly message: string;
};

/** Whether an override may be saved. If not, every problem that was found in it. */
export type OverrideValidation =
  | { readonly ok: true }
  | { readonly ok: false; readonly problems: OverrideProblem[] };

/** The longest subject that is read, in characters of Liquid. */
const subjectSourceCharactersMax = 500;

/** Checks an override of a template. Calls `began` with each field before it is read. Never throws. */
export function checkOverride(
  template: MailTemplate,
  override: TemplateOverride,
  began: (field: OverrideField) => void = () => {},
): OverrideValidation {
  began("subject");
  const subjectProblems = problemsOf(template, "subject", override.subject, (source, { data }) =>
    renderSubject(source, data),
  );
  began("body");
  const bodyProblems = problemsOf(template, "body", override.body, (source, { data, frame }) =>
    renderMarkdownBody(source, data, frame.links),
  );
  const problems = [...subjectProblems, ...bodyProblems];
  return problems.length === 0 ? { ok: true } : { ok: false, problems };
}

type RenderField = (source: string, mail: PreparedMail) => string;

function problemsOf(
  template: MailTemplate,
  field: OverrideField,
  source: string | null,
  render: RenderField,
): OverrideProblem[] {
  if (source === null) return [];
  const problems = findProblems(template, field, source, render);
  return problems.map(({ line, column, message }) => ({ field, line, column, message }));
}

function findProblems(
  { variables, samples, prepare }: MailTemplate,
  field: OverrideField,
  source: string,
  render: RenderField,
): TemplateProblem[] {
  const malformed = findMalformed(field, source);
  if (malformed !== undefined) return [new TemplateProblem(malformed)];
  try {
    const unknown = findUnknownVariables(source, variables);
    if (unknown.length > 0) return unknown;
  } catch (error) {
    return [toTemplateProblem(error)];
  }
  for (const { title, data } of samples) {
    try {
      render(source, prepare(data));
    } catch (error) {
      const { message, line, column } = toTemplateProblem(error);
      return [new TemplateProblem(`${message} (Tried on: ${title}.)`, line, column)];
    }
  }
  return [];
}

/** What is wrong with a text before it is read as Liquid; undefined if nothing is. */
function findMalformed(field: OverrideField, source: string): string | undefined {
  const charactersMax = field === "subject" ? subjectSourceCharactersMax : templateCharactersMax;
  if (source.trim() === "") {
    return `The ${field} is empty. Leave it out to keep the built-in one.`;
  }
  if (source.length > charactersMax) {
    return `The ${field} is ${source.length} characters long; at most ${charactersMax} are allowed.`;
  }
  if (field === "subject" && /[\r\n]/.test(source)) {
    return "The subject has a line break. Put it on one line.";
  }
  return undefined;
}
