// Assigns the faults of an API problem to the fields of a form.

import type { ApiProblem } from "../http/api-problem.ts";

/** Error messages by the field's path in the form, such as `variants.0.sku`. */
export type FieldErrors = Readonly<Record<string, string>>;

/** Converts a JSON pointer to the form's path: `/variants/0/sku` becomes `variants.0.sku`. */
export function fieldPath(pointer: string): string {
  return pointer
    .split("/")
    .slice(pointer.startsWith("/") ? 1 : 0)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .join(".");
}

/**
 * Returns the problem's faults by field, as sentences for people. Several faults of one field are joined. Faults
 * whose field the form doesn't show are in `others`, to be shown above the form.
 */
export function problemFields(
  problem: ApiProblem,
  isShown: (path: string) => boolean,
): { fields: FieldErrors; others: readonly string[] } {
  const fields: Record<string, string> = {};
  const others: string[] = [];
  for (const { pointer, words } of problem.errors) {
    // `expectedUnits` has no field. It was the value of the field `unitsInStock`, so the fault is shown there.
    const path = fieldPath(pointer).replace(/\bexpectedUnits$/, "unitsInStock");
    if (isShown(path)) fields[path] = [fields[path], words].filter(Boolean).join(" ");
    else others.push(words);
  }
  return { fields, others };
}
