import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fieldWords, problemWords, wordsOf } from "../../../src/admin/words/problem-words.ts";
import { problemKinds } from "../../../src/contract/problem.ts";

/** What nobody who manages a store should have to read. */
const forPrograms =
  /\b(?:GET|PUT|POST|PATCH|DELETE|JSON)\b|\/api\/|see errors|`|\b\w+:(?:read|write)\b|expectedUnits|allowNegativeStock|Idempotency|\bheaders?\b/;

const say = (kind: string, detail: string, unitsInStock?: number) =>
  wordsOf({ kind, title: "The API's title", detail, unitsInStock });

/** Every sentence that stands in the API's sources. */
const sentences = readdirSync(new URL("../../../src/api/", import.meta.url), {
  recursive: true,
  encoding: "utf8",
})
  .filter((name) => name.endsWith(".ts"))
  .flatMap((name) => {
    const source = readFileSync(new URL(`../../../src/api/${name}`, import.meta.url), "utf8");
    return [...source.matchAll(/"([A-Z][^"\n]* [^"\n]*)"|`([A-Z][^`\n]* [^`\n]*)`/g)];
  })
  .map(([, plain, template]) => plain ?? (template ?? "").replaceAll(/\$\{[^}]*\}/g, "7"));

describe("the words of a refusal", () => {
  it("are there for every kind that the API has", () => {
    expect(Object.keys(problemWords).toSorted()).toEqual(Object.keys(problemKinds).toSorted());
  });

  it.each(Object.keys(problemKinds))("are for people, whatever the API tells of %s", (kind) => {
    expect(sentences.length).toBeGreaterThan(100);
    for (const sentence of sentences) {
      const { title, text } = say(kind, sentence);
      expect(title).not.toBe("The API's title");
      expect(`${title} ${text} ${fieldWords(sentence)}`).not.toMatch(forPrograms);
    }
  });

  it("keep what the API tells more exactly, in plain words", () => {
    const taken =
      "Somebody has the address ada@example.com already, perhaps written in another case.";
    expect(say("conflict", taken).text).toBe(taken);
    expect(
      say("not-found", 'There is no product "X". Look it up with GET /products?q=.').text,
    ).toBe(problemWords["not-found"].text);
    expect(say("permission-denied", "Expected the permission mails:write.").text).toContain(
      "Send mails again",
    );
  });

  it("tell the count of now where it has changed", () => {
    expect(say("stale-count", "Expected 80; send expectedUnits 79.", 79).text).toMatch(
      /^There are 79 units now\./,
    );
    expect(fieldWords("Expected 80 units of X; there are 79 now. Send expectedUnits 79.")).toBe(
      "The count has changed to 79. Check it, then try again.",
    );
  });

  it("call fields what the pages call them", () => {
    expect(fieldWords("Expected zero or more, because allowNegativeStock is off; got -3.")).toBe(
      "Expected zero or more, because Allow Negative Stock is off; got -3.",
    );
  });
});
