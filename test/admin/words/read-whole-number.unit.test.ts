import { assert, constantFrom, integer, property, stringMatching } from "fast-check";
import { describe, expect, it } from "vitest";
import { numberStyleOf, readWholeNumber } from "../../../src/admin/words/read-whole-number.ts";

const styleOf = (locale: string) => numberStyleOf(new Intl.NumberFormat(locale));
const read = (text: string, locale: string): number | string => {
  const result = readWholeNumber(text, styleOf(locale));
  if (result.kind === "empty") return "";
  return result.kind === "number" ? result.value : result.text;
};
const everywhere = ["en-US", "de-DE", "fr-FR", "de-CH", "en-IN", "ar-EG"];

describe("a whole number", () => {
  it.each<[string, number | ""]>([
    ["7", 7],
    ["  7\t", 7],
    ["\u00A07\u202F", 7],
    ["007", 7],
    ["+7", 7],
    ["-7", -7],
    ["\u22127", -7],
    ["\u20137", -7],
    ["- 7", -7],
    ["-0", 0],
    ["1,234,567", 1_234_567],
    ["1.234.567", 1_234_567],
    ["1 234", 1_234],
    ["1\u00A0234", 1_234],
    ["1\u202F234\u202F567", 1_234_567],
    ["1\u2009234", 1_234],
    ["1'234", 1_234],
    ["1\u2019234", 1_234],
    ["1.234,00", 1_234],
    ["1,234.00", 1_234],
    ["1 234,0", 1_234],
    ["\uFF11\uFF12", 12],
    ["\uFF0D\uFF15", -5],
    ["\u0661\u066C\u0662\u0663\u0664", 1_234],
    ["\u06F1\u06F2", 12],
    ["\u200E-5\u200F", -5],
    ["1\u200B2", 12],
    ["", ""],
    [" \u00A0", ""],
  ])("is read from %j in every language", (text, value) => {
    expect(everywhere.map((locale) => read(text, locale))).toEqual(everywhere.map(() => value));
  });

  it.each<[string, string, number]>([
    ["1,234", "en-US", 1_234],
    ["-1,234", "en-US", -1_234],
    ["1.234", "de-DE", 1_234],
    ["1,23,456", "en-IN", 123_456],
    ["12.0", "en-US", 12],
    ["12,00", "de-DE", 12],
    ["1.0000", "en-US", 1],
    ["12\u066B0", "ar-EG", 12],
  ])("is read from %j in %s", (text, locale, value) => {
    expect(read(text, locale)).toBe(value);
  });

  it.each<[string, string, string]>([
    ["1.234", "en-US", "“1.234” can be read in two ways. Type 1234 or another whole number."],
    ["1,234", "de-DE", "“1,234” can be read in two ways. Type 1234 or another whole number."],
    ["-1,234", "fr-FR", "“-1,234” can be read in two ways. Type -1234 or another whole number."],
    ["1.000", "en-US", "“1.000” can be read in two ways. Type 1000 or 1."],
    ["12.5", "en-US", "“12.5” is a fraction. Type a whole number."],
    ["1,234.56", "de-DE", "“1,234.56” is a fraction. Type a whole number."],
    ["0.123", "en-US", "“0.123” is a fraction. Type a whole number."],
  ])("is not guessed from %j in %s", (text, locale, words) => {
    expect(read(text, locale)).toBe(words);
  });

  it.each([
    "1e5",
    "0x10",
    "five",
    "5-",
    "(5)",
    "1/2",
    "5²",
    "½",
    "--5",
    "1_000",
    "12 5",
    "1 2 3",
    "1\t2",
    "1 ⏎ 234",
    "12,34,56",
    "1,234 567",
    "1.234,567.8",
    "$5",
    "5 pcs",
    "1,",
    ".5",
    "Ⅷ",
    "𝟓",
    "1,2345",
  ])("is not read from %j in any language", (text) => {
    const refused: unknown = expect.stringMatching(/^“.*Type /);
    expect(everywhere.map((locale) => read(text, locale))).toEqual(everywhere.map(() => refused));
  });

  it("comes back from every way in which a language writes it", () => {
    assert(
      property(integer(), constantFrom(...everywhere), (value, locale) => {
        expect(read(new Intl.NumberFormat(locale).format(value), locale)).toBe(value);
      }),
    );
  });

  it("is never another one than its digits say", () => {
    const sign = constantFrom("", "-", "+", "−");
    const body = stringMatching(/^[0-9.,' ]{0,12}$/);
    assert(
      property(sign, body, constantFrom(...everywhere), (before, characters, locale) => {
        const text = before + characters;
        const value = read(text, locale);
        if (typeof value !== "number") return;
        const digits = text.replaceAll(/\D/g, "").replace(/^0+(?=\d)/, "");
        const withoutDecimals = text.replace(/[.,]0*$/, "").replaceAll(/\D/g, "");
        expect([digits, withoutDecimals.replace(/^0+(?=\d)/, "")]).toContain(
          String(Math.abs(value)),
        );
      }),
    );
  });

  it("shows no more than the beginning of what can't be read", () => {
    expect(read("x".repeat(5_000), "en-US").toString().length).toBeLessThan(150);
  });
});
