import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldedText, searchTerms, searchWords } from "../../../src/domain/search/folded-text.ts";
import {
  keysOfOrder,
  keysOfReference,
  keysOfWords,
  orderText,
  searchedMax,
  wantedWords,
} from "../../../src/domain/search/order-text.ts";
import { byMatch, matchOf } from "../../../src/domain/search/rank.ts";
import {
  blockOf,
  blockOrders,
  keyOfBlock,
  keyOfLargeBlock,
  keyOfWhole,
  keysOfText,
  largeBlockOf,
} from "../../../src/domain/search/search-keys.ts";

const runs = { numRuns: 1_000 };
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.string({ unit: "grapheme", maxLength: 30 }),
  fc
    .array(
      fc.constantFrom("Zoë", "İ", "ß", "각", "é", "王伟", " ", "\u00a0", "\n", "A-1", "Σ", "ǅ"),
    )
    .map((parts) => parts.join("")),
);

describe("the form in which texts are searched", () => {
  test.each([
    ["Zoë Müller-Lüdenscheidt", "zoe muller-ludenscheidt"],
    ["  WEB-2026-000077\t", "web-2026-000077"],
    ["Straße 5, Łódź", "strasse 5, lodz"],
    ["İstanbul", "istanbul"],
    ["two\u00a0 \nlines", "two lines"],
    ["soft\u00adhyphen", "softhyphen"],
    ["王伟", "王伟"],
    ["", ""],
  ])("%j is searched as %j", (text, folded) => {
    expect(foldedText(text)).toBe(folded);
  });

  test("has its own form, no line, and no blank at its ends", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const folded = foldedText(text);
        expect(foldedText(folded)).toBe(folded);
        expect(folded).toBe(folded.trim());
        expect(folded).not.toMatch(/[\n\r\0]/);
      }),
      runs,
    );
  });

  test("a search has each word once, and a limit of words", () => {
    expect(searchWords(" Mug  MUG moss ")).toEqual(["mug", "moss"]);
    expect(searchWords(" \t ")).toEqual([]);
    expect(searchWords("a b c d e f g h i j")).toHaveLength(8);
  });
});

describe("the keys of a text", () => {
  test("are all of `smallint`, and never those of blocks", () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: -1e9, max: 1e9 }), (text, block) => {
        const folded = foldedText(text);
        const [blockKey, largeBlockKey] = [keyOfBlock(block), keyOfLargeBlock(block)];
        expect(blockKey).toBeGreaterThanOrEqual(-32_768);
        expect(largeBlockKey).toBeGreaterThan(blockKey);
        for (const key of [...keysOfText(folded), keyOfWhole(folded)]) {
          expect(key).toBeGreaterThan(largeBlockKey);
          expect(key).toBeLessThanOrEqual(32_767);
          expect(Number.isInteger(key)).toBe(true);
        }
      }),
      runs,
    );
  });

  test("of an order have those of each word that it contains, wherever the word is cut out", () => {
    const order = fc.record({
      reference: anyText,
      customer: fc.record({ name: anyText, address: fc.array(anyText, { maxLength: 3 }) }),
      items: fc.array(anyText, { maxLength: 3 }),
    });
    fc.assert(
      fc.property(order, fc.nat(), fc.nat({ max: 12 }), (source, start, length) => {
        const text = orderText(source);
        const keys = new Set(keysOfOrder(text));
        const from = start % (text.length + 1);
        const words = text.slice(from, from + length).split(/[\n ]/);
        expect(keysOfWords(words).filter((key) => !keys.has(key))).toEqual([]);
        const [reference = ""] = text.split("\n");
        expect(keysOfReference(reference).filter((key) => !keys.has(key))).toEqual([]);
      }),
      runs,
    );
  });

  test("of words with fewer than three letters there are none, but two Chinese ones have one", () => {
    expect(keysOfWords(["zo", "7"])).toEqual([]);
    expect(keysOfWords(["王伟"])).toHaveLength(1);
  });

  test("a search uses few of them, those of the longest word first", () => {
    const keys = keysOfWords(["zoe", "a-very-long-word-of-a-reference"]);
    expect(keys).toHaveLength(8);
    expect(keys).not.toContain([...keysOfText("zoe")][0]);
  });

  test("blocks follow each other without a gap, also before the first place", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), (place) => {
        const block = blockOf(place);
        expect(place).toBeGreaterThanOrEqual(block * blockOrders);
        expect(place).toBeLessThan((block + 1) * blockOrders);
        expect(largeBlockOf(block * blockOrders)).toBe(largeBlockOf(place));
      }),
      runs,
    );
  });
});

describe("the text of an order", () => {
  test("has its reference, all values of its customer, and its items, each part on a line", () => {
    const text = orderText({
      reference: "WEB-77",
      customer: { name: "Zoë", address: { street: "Mill Lane", zip: 50667 }, ids: [1, null, true] },
      items: ["MUG-1 Mug", "MUG-1 Mug", "LID Lid"],
    });
    expect(text).toBe("web-77\nzoe mill lane 50667 1\nmug-1 mug lid lid");
  });

  test("is bounded, however large the order is", () => {
    const text = orderText({
      reference: "R",
      customer: { name: "x".repeat(10_000) },
      items: Array.from({ length: 1_000 }, (_, n) => `SKU-${n} A long name of an item`),
    });
    expect(text.length).toBeLessThan(searchedMax.customer + searchedMax.items + 10);
  });

  test("a word of a search may be anywhere, or in the part that was named", () => {
    expect(wantedWords({ q: "Zoë mug", customer: "Leeds", item: "Lid" })).toEqual([
      { word: "zoe", part: null },
      { word: "mug", part: null },
      { word: "leeds", part: "customer" },
      { word: "lid", part: "items" },
    ]);
  });
});

describe("how well a name matches", () => {
  test.each([
    ["web-77", ["WEB-77"], "exact"],
    ["WEB", ["WEB-77"], "prefix"],
    ["77", ["WEB-77"], "part"],
    ["mug", ["SKU-1", "Mug, large"], "prefix"],
    ["zoe", ["Zoë"], "exact"],
  ] as const)("%j in %j is %s", (query, names, match) => {
    expect(matchOf(query, names)).toBe(match);
  });

  test("the best come first, and the others keep their order", () => {
    const found = ["part", "exact", "prefix", "part", "exact"].map((match, id) => ({
      match: matchOf(match === "exact" ? "a" : match === "prefix" ? "a" : "b", [
        match === "prefix" ? "ab" : "a",
      ]),
      id,
    }));
    expect(byMatch(found).map(({ id }) => id)).toEqual([1, 4, 2, 0, 3]);
  });
});

describe("the words of a search in texts that are folded in part", () => {
  test("have their unfolded forms only beyond ASCII, and are at most eight, each once", () => {
    expect(searchTerms(" Tee  WEIẞ tee Tee ")).toEqual([
      { folded: "tee", unfolded: [] },
      { folded: "weiss", unfolded: ["weiß", "WEIẞ"] },
    ]);
    expect(searchTerms("a b c d e f g h i j")).toHaveLength(8);
    expect(searchTerms("\u0301 \u200b")).toEqual([]);
  });

  test("are folded as all searches are, and one of their forms is the word itself", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const { folded, unfolded } of searchTerms(text)) {
          expect(foldedText(folded)).toBe(folded);
          if (unfolded.length > 0) {
            expect(text.normalize("NFC")).toContain(unfolded.at(-1));
          }
        }
      }),
      runs,
    );
  });
});
