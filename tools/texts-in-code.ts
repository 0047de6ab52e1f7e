// Finds the texts that a file of the admin app has in its code, and not in `src/admin/words/en`: what stands between tags, and
// strings that read like a text of people.

import { parseSync } from "vite";

/** A text, and the line that it is on. */
export type TextInCode = { readonly line: number; readonly text: string };

/** Begins like a sentence or a label, or has two words. Names of classes, colours and addresses do neither. */
const readsLikeText = /^\s*[A-Z][a-z]|[A-Za-z,.]\s+[a-z]/;

/** Markup, values of CSS, and what a frame may do: words that only browsers read. */
const forBrowsers = /^\s*<|\bvar\(--|^allow-/;

/** Strings in these are never shown. Nor are those in types. */
const notShown = new Set(["ImportDeclaration", "ImportExpression"]);

/** A value with a type beside it: `["Low"] as const`. */
const typedValues = new Set(["TSAsExpression", "TSSatisfiesExpression", "TSNonNullExpression"]);

/** Errors that only a mistake in the code throws. */
const thrown = new Set(["Error", "RangeError", "TypeError"]);

/** Fields of a node that are never shown: where a module is, and the name of a property. */
const fieldsNotShown = new Set(["source", "key"]);

/** Finds them. Throws if the file can't be parsed. */
export function findTexts(path: string, source: string): TextInCode[] {
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0)
    throw new Error(`Expected ${path} to be TypeScript: ${errors[0]?.message}`);
  const found: TextInCode[] = [];
  visit(program, (start, text) => {
    const line = source.slice(0, start).split("\n").length;
    found.push({ line, text: text.trim() });
  });
  return found;
}

function visit(node: unknown, onText: (start: number, text: string) => void): void {
  if (Array.isArray(node)) for (const each of node) visit(each, onText);
  if (typeof node !== "object" || node === null || Array.isArray(node)) return;
  const fields: Readonly<Record<string, unknown>> = { ...node };
  const { type, start, value } = fields;
  if (typeof type === "string" && (notShown.has(type) || isType(type))) return;
  if (isNoText(fields)) return;
  const text = textOf(type, value);
  if (typeof start === "number" && text !== undefined) onText(start, text);
  for (const [name, child] of Object.entries(fields)) {
    if (!fieldsNotShown.has(name)) visit(child, onText);
  }
}

const isType = (type: string): boolean => type.startsWith("TS") && !typedValues.has(type);

/** Strings that are compared, the message of a plain `Error`, and the name that a class of errors gives itself. */
function isNoText({ type, operator, callee, key }: Readonly<Record<string, unknown>>): boolean {
  return (
    (type === "BinaryExpression" && operator !== "+") ||
    (type === "NewExpression" && thrown.has(String(nameOf(callee)))) ||
    (type === "PropertyDefinition" && nameOf(key) === "name")
  );
}

function nameOf(node: unknown): unknown {
  return typeof node === "object" && node !== null && "name" in node ? node.name : undefined;
}

function textOf(type: unknown, value: unknown): string | undefined {
  if (type === "JSXText" && typeof value === "string" && /[A-Za-z]/.test(value)) return value;
  const isString = type === "Literal" && typeof value === "string";
  const isPart = type === "TemplateElement" && typeof value === "object" && value !== null;
  const text = isString ? value : isPart && "cooked" in value ? value.cooked : undefined;
  if (typeof text !== "string" || forBrowsers.test(text)) return undefined;
  return readsLikeText.test(text) ? text : undefined;
}
