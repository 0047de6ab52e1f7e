// Nobody who manages a store reads a word of the API, whatever it refuses and whatever it says of it.

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ApiProblem, refusedBy } from "../../../src/admin/http/api-problem.ts";
import { plainWords } from "../../../src/admin/words/field-words.ts";
import { problems } from "../../../src/admin/words/en/problems.ts";
import { wordsOf } from "../../../src/admin/words/problem-words.ts";
import { problemOfRefusal } from "../../../src/api/http/problem-of-refusal.ts";
import { Problem } from "../../../src/api/http/problem.ts";
import { type ProblemKind, problemKinds } from "../../../src/contract/problem.ts";
import { everyRefusal } from "../../support/refusals.ts";

/** Methods, paths, pointers, field names, headers and permissions, and words for programs. */
const forPrograms =
  /\b(?:GET|PUT|POST|PATCH|DELETE|JSON|HTTP|UUID)\b|(?:^|[\s"(])\/[a-z]|see errors|`|\b\w+:(?:read|write|manage)\b|\b[a-z]+[A-Z]\w*|Idempotency|If-Match|Bearer|\b(?:headers?|requests?|pointers?|null)\b|undefined|NaN/;

const kinds = Object.keys(problemKinds).filter((kind): kind is ProblemKind => kind in problemKinds);

/** What the app shows of a reply of the API: title, text, and the sentence of each fault. */
function shown(problem: Problem): readonly string[] {
  const { title, message, errors } = new ApiProblem(problem.status, problem.toJSON(), wordsOf);
  return [title, message, ...errors.map(({ words }) => words)];
}

/** Every sentence in the sources of these rooms. */
const sentencesOf = (...rooms: readonly string[]) =>
  rooms
    .map((room) => new URL(`../../../src/${room}/`, import.meta.url))
    .flatMap((room) =>
      readdirSync(room, { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".ts"))
        .map((name) => readFileSync(new URL(name, room), "utf8")),
    )
    .flatMap((source) => [
      ...source.matchAll(/"([A-Za-z][^"\n]* [^"\n]*)"|`([A-Za-z][^`\n]* [^`\n]*)`/g),
    ])
    .map(([, plain, template]) => plain ?? (template ?? "").replaceAll(/\$\{[^}]*\}/g, "7"));

const sentences = sentencesOf("api");

describe("what a manager reads of a problem", () => {
  it("has texts for every kind that the API has", () => {
    expect(Object.keys(problems.kinds).toSorted()).toEqual(Object.keys(problemKinds).toSorted());
  });

  it.each(everyRefusal)("has no word of the API for $kind", (refusal) => {
    const texts = shown(problemOfRefusal(refusal));
    for (const text of texts) {
      expect(text).not.toMatch(forPrograms);
      expect(text).toMatch(/^\S.*\S$/s);
    }
    // Each rule says more than that something failed.
    expect(texts[1]).toMatch(/[.”]$/);
  });

  it.each(kinds)("has no word of the API for %s, whatever it tells", (kind) => {
    expect(sentences.length).toBeGreaterThan(100);
    for (const sentence of sentences) {
      const errors = [{ pointer: "/variants/0/unitsInStock", detail: sentence }];
      for (const text of shown(new Problem(kind, sentence, { errors }))) {
        expect(text).not.toMatch(forPrograms);
      }
    }
  });

  it("has no word of the API for what the contract, the rules or the templates say of a field", () => {
    const told = sentencesOf("contract", "domain", "emails");
    expect(told.length).toBeGreaterThan(100);
    for (const sentence of told) expect(plainWords(sentence) ?? "").not.toMatch(forPrograms);
  });

  it("names what is in the way", () => {
    const [title, text] = shown(
      problemOfRefusal({ kind: "type-in-use", code: "mugs", products: 12 }),
    );
    expect(title).toBe("This product type can't be deleted");
    expect(text).toBe("12 products have it. Give them another type first.");
    expect(
      shown(problemOfRefusal({ kind: "variant-not-product", sku: "SHIRT-M", product: "SHIRT" }))[1],
    ).toBe("Open its product, “SHIRT”.");
    expect(
      shown(new Problem("permission-denied", "Expected the permission mails:write."))[1],
    ).toContain("send mails again");
  });

  it("tells the count of now where it has changed", () => {
    const stale = {
      kind: "stale-count",
      sku: "MUG",
      path: "",
      expectedUnits: 80,
      unitsInStock: 79,
    } as const;
    expect(shown(problemOfRefusal(stale)).slice(1)).toEqual([
      expect.stringMatching(/^There are 79 units now\./),
      "The count has changed to 79. Check it, then try again.",
    ]);
  });

  it.each([
    [null, "Wait some minutes, then try again."],
    ["Sat, 28 Nov 2026 12:00:00 GMT", "Wait some minutes, then try again."],
    ["1", "Try again in 1 second."],
    ["40", "Try again in 40 seconds."],
    ["900", "Try again in 15 minutes."],
  ])("tells how long to wait after too many attempts: %s", async (retryAfter, expected) => {
    const body = new Problem("too-many-requests", "Too many wrong codes.").toJSON();
    expect((await refusedBy(429, body, retryAfter)).message).toBe(expected);
  });

  it("calls fields what the pages call them", () => {
    expect(plainWords("Expected zero or more, because allowNegativeStock is off; got -3.")).toBe(
      "Expected zero or more, because Allow Negative Stock is off; got -3.",
    );
  });

  it("keeps the line of a fault in a file", () => {
    const lines = [{ index: 0, sku: "MUG", fileLine: 3, reason: "unknown-sku" as const }];
    expect(shown(problemOfRefusal({ kind: "not-receivable", lines }))[2]).toMatch(
      /^Line 3: There is no product or variant/,
    );
  });
});
