// The completions of variable names in the editor.

import type { TemplateVariable } from "./template-queries.ts";

/** One completion. */
export type NameCompletion = {
  readonly label: string;
  readonly type: "variable" | "property";
  readonly detail: string;
};

/**
 * The names that can follow a place, each once: below `["product"]` those are `sku`, `name` and so on, and below
 * `[]` those that begin a variable.
 */
export function completionsBelow(
  variables: readonly TemplateVariable[],
  place: readonly string[],
): NameCompletion[] {
  const depth = place.length;
  const found = new Map<string, NameCompletion>();
  for (const { name, meaning } of variables) {
    const parts = name.split(".");
    const label = parts[depth];
    if (label === undefined || place.some((part, index) => parts[index] !== part)) continue;
    const detail = parts.length === depth + 1 ? meaning : "";
    if (!found.has(label)) {
      found.set(label, { label, type: depth === 0 ? "variable" : "property", detail });
    }
  }
  return [...found.values()];
}
