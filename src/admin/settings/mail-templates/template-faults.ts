// What is wrong with an override: read from the API's problem, and marked in the editor.

import type { Diagnostic } from "@codemirror/lint";
import type { EditorState } from "@codemirror/state";
import * as z from "zod";
import type { ApiProblem } from "../../http/api-problem.ts";

/** One fault. Lines and columns count from 1; null if the whole text is meant. */
export type TemplateFault = {
  readonly field: "subject" | "body";
  readonly line: number | null;
  readonly column: number | null;
  readonly message: string;
};

const place = z.int().positive().nullable().catch(null);
const faultSchema = z.object({
  pointer: z.enum(["/subject", "/body"]),
  words: z.string(),
  line: place,
  column: place,
});

/** The faults that the problem of a refused preview or save lists. */
export function faultsIn({ errors }: ApiProblem): TemplateFault[] {
  return errors.flatMap((error) => {
    const parsed = faultSchema.safeParse(error);
    if (!parsed.success) return [];
    const { pointer, words, line, column } = parsed.data;
    const field = pointer === "/subject" ? "subject" : "body";
    return [{ field, line, column, message: words }];
  });
}

/** The mark of a fault in the editor: from its column to the end of the line, or the whole line. */
export function toDiagnostic(doc: EditorState["doc"], fault: TemplateFault): Diagnostic {
  const line = doc.line(Math.min(fault.line ?? 1, doc.lines));
  const from = Math.min(line.from + (fault.column ?? 1) - 1, line.to);
  return { from, to: line.to, severity: "error", message: fault.message };
}
