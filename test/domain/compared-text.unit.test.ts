import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { comparedText, invisibleIn, visibleText } from "../../src/domain/compared-text.ts";

const runs = { numRuns: 2_000 };

/** Texts with what makes trouble: letters with marks in both forms, blanks of all kinds, Hangul, halves of characters. */
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }),
  fc
    .array(
      fc.constantFrom(
        "A",
        "-",
        " ",
        "\t",
        "\u00a0",
        "\u3000",
        "é",
        "e\u0301",
        "Å",
        "\u212b",
        "각",
        "각",
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join("")),
);
const blanks = fc
  .array(fc.constantFrom(" ", "\t", "\n", "\u00a0", "\u2003", "\u3000"), { maxLength: 4 })
  .map((parts) => parts.join(""));

describe("the form in which a SKU or reference is compared", () => {
  test.each([
    ["MUG-RED", "MUG-RED"],
    ["  MUG RED\t", "MUG RED"],
    ["CAFE\u0301", "CAF\u00c9"],
    ["\u212b-1", "\u00c5-1"],
    ["\u1112\u1161\u11ab", "\ud55c"],
    ["\u00a0SO-1\r\n", "SO-1"],
    ["   ", ""],
    ["", ""],
  ])("%j is compared as %j", (text, form) => {
    expect(comparedText(text)).toBe(form);
  });

  test("is the same for both forms of a text, and with any blanks around it", () => {
    fc.assert(
      fc.property(anyText, blanks, blanks, (text, before, after) => {
        const form = comparedText(text);
        expect(comparedText(before + text.normalize("NFD") + after)).toBe(form);
        expect(comparedText(before + text.normalize("NFC") + after)).toBe(form);
      }),
      runs,
    );
  });

  test("stays as it is when it is compared again", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const form = comparedText(text);
        expect(comparedText(form)).toBe(form);
      }),
      runs,
    );
  });

  test("keeps texts apart that differ in a visible character", () => {
    const visible = fc.string({
      unit: fc.constantFrom("A", "B", "a", "b", "0", "1", "-", "_", "/", ".", "é"),
      minLength: 1,
    });
    fc.assert(
      fc.property(visible, visible, (a, b) => {
        expect(comparedText(a) === comparedText(b)).toBe(a === b);
      }),
      runs,
    );
  });

  test("leaves a text alone that is too long to be a name", () => {
    const marks = "\u0316\u0301".repeat(500_000);
    expect(comparedText(marks)).toBe(marks);
  });
});

describe("an invisible character", () => {
  test.each([
    ["A\u200bB", "U+200B (zero width space)"],
    ["\ufeffA", "U+FEFF (byte order mark)"],
    ["A\u00adB", "U+00AD (soft hyphen)"],
    ["A\u202eB", "U+202E (right-to-left override)"],
    ["A\u2066B", "U+2066 (left-to-right isolate)"],
    ["A\u200d", "U+200D (zero width joiner)"],
    ["A\u00a0B", "U+00A0 (no-break space)"],
    ["A\u3000B", "U+3000 (ideographic space)"],
    ["A\u2800B", "U+2800"],
    ["A\u3164", "U+3164"],
    ["A\u{e0041}", "U+E0041"],
  ])("in %j is named", (text, name) => {
    expect(invisibleIn(text)).toBe(name);
    expect(visibleText.test(text)).toBe(false);
  });

  test.each(["MUG RED/2", "Café-Ä", "кофе", "紅茶", "شاي", "한국", "A\u0301"])(
    "is not in %j",
    (text) => {
      expect(invisibleIn(text)).toBeNull();
      expect(visibleText.test(text)).toBe(true);
    },
  );

  test("is found in every text that is refused for more than control characters", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const isOneLine = /^[^\p{Cc}\p{Cs}\u2028\u2029]*$/u.test(text);
        expect(visibleText.test(text)).toBe(isOneLine && invisibleIn(text) === null);
      }),
      runs,
    );
  });
});
