import { Text } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { ApiProblem } from "../../../../src/admin/http/api-problem.ts";
import {
  faultsIn,
  toDiagnostic,
} from "../../../../src/admin/settings/mail-templates/template-faults.ts";

const fault = { field: "body", line: 2, column: 4, message: "There is no variable." } as const;

describe("the faults of a template", () => {
  it("are read from the API's refusal, each with its place", () => {
    const problem = new ApiProblem(422, {
      title: "The request is not valid",
      errors: [
        { pointer: "/body", detail: "There is no variable.", line: 2, column: 4 },
        { pointer: "/subject", detail: "The subject is empty.", line: null, column: null },
        { pointer: "/sample", detail: "Expected a sample." },
      ],
    });
    expect(faultsIn(problem)).toEqual([
      fault,
      { field: "subject", line: null, column: null, message: "The subject is empty." },
    ]);
  });

  it("are marked from their column to the end of their line", () => {
    const doc = Text.of(["one", "two three", "four"]);
    expect(toDiagnostic(doc, fault)).toMatchObject({ from: 7, to: 13, severity: "error" });
  });

  it("are marked at the first line where they are about the whole", () => {
    const doc = Text.of(["one", "two"]);
    expect(toDiagnostic(doc, { ...fault, line: null, column: null })).toMatchObject({
      from: 0,
      to: 3,
    });
  });

  it("are marked at the end where the text has become shorter meanwhile", () => {
    const doc = Text.of(["one"]);
    expect(toDiagnostic(doc, { ...fault, line: 9, column: 40 })).toMatchObject({ from: 3, to: 3 });
  });
});
