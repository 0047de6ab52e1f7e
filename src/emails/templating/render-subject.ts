// Renders the subject of a mail from its Liquid.

import { shortLine } from "../../domain/one-line.ts";
import { renderLiquid } from "./render-liquid.ts";
import { TemplateProblem } from "./template-problem.ts";

/** The longest subject that is sent, in characters. Mail programs show some 60 of them. */
const subjectCharactersMax = 200;

/**
 * Renders a subject to one line of at most 200 characters. Throws a `TemplateProblem` if the Liquid is broken or the
 * line is empty.
 */
export function renderSubject(source: string, data: object): string {
  const line = shortLine(renderLiquid(source, data, String), subjectCharactersMax);
  if (line === "") throw new TemplateProblem("The subject comes out empty.");
  return line;
}
