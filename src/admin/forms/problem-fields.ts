// Puts the API's refusals beside the fields that they are about.

import type { ApiProblem } from "../http/api-problem.ts";
import { fieldWords } from "../words/problem-words.ts";

/** Errors as the form holds them, by the field's path, such as `variants.0.sku`. */
export type FieldErrors = Readonly<Record<string, string>>;

/** A JSON pointer as the form's path: `/variants/0/sku` is `variants.0.sku`. */
export function fieldPath(pointer: string): string {
  return pointer
    .split("/")
    .slice(pointer.startsWith("/") ? 1 : 0)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .join(".");
}

/**
 * The API's refusals by field, in words for people. Several for one field stand one after the other. Those whose
 * field the form doesn't show are `others`, to be told above it.
 */
export function problemFields(
  problem: ApiProblem,
  isShown: (path: string) => boolean,
): { fields: FieldErrors; others: readonly string[] } {
  const fields: Record<string, string> = {};
  const others: string[] = [];
  for (const { pointer, detail } of problem.errors) {
    // The count that was looked at has no field of its own: it is the one that stood in the count's.
    const path = fieldPath(pointer).replace(/\bexpectedUnits$/, "unitsInStock");
    const words = sentence(fieldWords(detail));
    if (isShown(path)) fields[path] = [fields[path], words].filter(Boolean).join(" ");
    else others.push(words);
  }
  return { fields, others };
}

/** The API's words as a sentence. */
function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(begun) ? begun : `${begun}.`;
}
