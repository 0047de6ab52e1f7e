// What can be wrong with an override, in words for the person who wrote it, and where in their text it is.

import { LiquidError } from "liquidjs";

/** The longest part of the author's text that a message quotes, in characters. */
const quotedCharactersMax = 300;

/** An override can't be used. Lines and columns count from 1; null if the whole text is meant. */
export class TemplateProblem extends Error {
  override name = "TemplateProblem";
  readonly line: number | null;
  readonly column: number | null;

  constructor(message: string, line: number | null = null, column: number | null = null) {
    super(message);
    this.line = line;
    this.column = column;
  }
}

/** The engine's messages, and what the author reads instead. The first that matches counts. */
const plainMessages: readonly (readonly [RegExp, (...found: string[]) => string])[] = [
  [/^undefined variable: (.*)$/, (name) => `There is no variable "${name}" here.`],
  [
    /^undefined filter: (.*)$/,
    (name) =>
      `There is no filter "${name}". Remove it, or use one such as upcase, default or date.`,
  ],
  [
    /^tag "(end.*)" not found$/,
    (name) => `"{% ${name} %}" closes nothing: no matching tag was opened before it.`,
  ],
  [
    /^tag "(.*)" not found$/,
    (name) =>
      `There is no tag "${name}". Available are if, unless, case, for, assign, capture, comment and raw.`,
  ],
  [
    /^tag (\{%.*) not closed$/s,
    (tag) => `${tag} is never closed. Add the end tag that belongs to it.`,
  ],
  [/^output "(.*)" not closed$/s, () => 'A "{{" is never closed. Add "}}" after the variable.'],
  [
    /^(?:memory alloc|template render) limit exceeded$/,
    () => "The template does too much: it repeats or grows text beyond what a mail can hold.",
  ],
  [/^Maximum call stack size exceeded/, () => "The template is nested too deeply."],
  [/^parse length limit exceeded$/, () => "The template is too long."],
  [
    /^invalid value expression: ""$/,
    () => 'A variable\'s name is missing, as in "{{ store.name }}".',
  ],
];

/** Turns any error of a rendering into a problem that the author can act on. Never throws. */
export function toTemplateProblem(error: unknown): TemplateProblem {
  if (error instanceof TemplateProblem) return error;
  if (!(error instanceof Error)) return new TemplateProblem(`It failed: ${String(error)}.`);
  const plain = error.message.replace(/, line:\d+, col:\d+$/, "").slice(0, quotedCharactersMax);
  const message = toPlainMessage(plain);
  if (!LiquidError.is(error)) return new TemplateProblem(message);
  if (error.originalError instanceof TemplateProblem && error.originalError.line !== null) {
    return error.originalError;
  }
  const [line, column] = error.token.getPosition();
  return new TemplateProblem(message, line ?? null, column ?? null);
}

function toPlainMessage(plain: string): string {
  for (const [pattern, describe] of plainMessages) {
    const found = pattern.exec(plain);
    if (found !== null) return describe(...found.slice(1));
  }
  const sentence = plain.charAt(0).toUpperCase() + plain.slice(1);
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
