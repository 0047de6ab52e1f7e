import { describe, expect, it } from "vitest";
import { fieldPath, problemFields } from "../../../src/admin/forms/problem-fields.ts";
import { ApiProblem } from "../../../src/admin/http/api-problem.ts";
import { wordsOf } from "../../../src/admin/words/problem-words.ts";

const problem = (errors: readonly { pointer: string; detail: string }[]) =>
  new ApiProblem(422, { type: "/problems/validation-failed", detail: "No.", errors }, wordsOf);

describe("a refusal's places", () => {
  it("are fields of the form, unescaped as JSON pointers are", () => {
    expect(fieldPath("/variants/0/sku")).toBe("variants.0.sku");
    expect(fieldPath("/options/a~1b~0c")).toBe("options.a/b~c");
    expect(fieldPath("limit")).toBe("limit");
  });

  it("stand beside the fields that are shown, as sentences", () => {
    const refused = problem([
      { pointer: "/name", detail: "expected 1 to 200 characters" },
      { pointer: "/name", detail: "Expected one line." },
      { pointer: "/hidden", detail: "expected nothing" },
      { pointer: "", detail: "expected an object" },
    ]);
    expect(problemFields(refused, (path) => path === "name")).toEqual({
      fields: { name: "Expected 1 to 200 characters. Expected one line." },
      others: ["Expected nothing.", "Expected an object."],
    });
  });
});

describe("a problem", () => {
  it("has its kind, words of its own, and whatever else the API told", () => {
    const body = {
      type: "/problems/stale-version",
      title: "Stale",
      detail: "It was changed.",
      current: { version: 4 },
    };
    const stale = new ApiProblem(412, body, wordsOf);
    expect(stale.kind).toBe("stale-version");
    expect(stale.message).toMatch(/^Your changes are not saved\. Reload/);
    expect(stale.extra["current"]).toEqual({ version: 4 });
  });

  it("says something that helps though the answer can't be read", () => {
    expect(new ApiProblem(502, null).message).toContain("Try again");
  });
});
