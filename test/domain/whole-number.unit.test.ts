import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { quoted } from "../../src/domain/quoted.ts";
import { readWholeNumber } from "../../src/domain/whole-number.ts";

describe("a whole number in a text", () => {
  test.each([
    ["6", 6],
    ["006", 6],
    [" 5 ", 5],
    ["\u00A05\u202F", 5],
    ["\u{FEFF}5", 5],
    ["+5", 5],
    ["-5", -5],
    ["\u22125", -5],
    ["0", 0],
    ["-0", 0],
    ["5.0", 5],
    ["1.0000", 1],
    ["10,00", 10],
    ["0.000", 0],
    ["1234.000", 1234],
    ["1,234,567", 1_234_567],
    ["1.234.567", 1_234_567],
    ["1,234.00", 1234],
    ["1.234,00", 1234],
    ["1 234", 1234],
    ["1\u00A0234", 1234],
    ["1\u202F234\u202F567,0", 1_234_567],
    ["1'234", 1234],
    ["-1,234,567", -1_234_567],
    ["999999999999999", 999_999_999_999_999],
  ])("is read from %j as %d, its only meaning", (text, value) => {
    expect(readWholeNumber(text)).toEqual({ ok: true, value });
  });

  test.each([
    ["", "empty"],
    [" \u00A0", "empty"],
    ["1,234", "ambiguous"],
    ["1.234", "ambiguous"],
    ["1.000", "ambiguous"],
    ["-12,000", "ambiguous"],
    ["+999.000", "ambiguous"],
    ["12.5", "fraction"],
    ["12,50", "fraction"],
    ["1.234,5", "fraction"],
    ["1 234.5", "fraction"],
    ["0.001", "fraction"],
    ["1e3", "not-a-number"],
    ["1.2E+05", "not-a-number"],
    ["five", "not-a-number"],
    ["\uFF15", "not-a-number"],
    ["\u0666", "not-a-number"],
    ["$5", "not-a-number"],
    ["5 \u20AC", "not-a-number"],
    ["5 pcs", "not-a-number"],
    ["5 6", "not-a-number"],
    ["0x10", "not-a-number"],
    ["--6", "not-a-number"],
    ["- 6", "not-a-number"],
    ["5-", "not-a-number"],
    ["(5)", "not-a-number"],
    ["5.", "not-a-number"],
    [".0", "not-a-number"],
    ["1,23,456", "not-a-number"],
    ["1,2345,678", "not-a-number"],
    ["1,234,56", "not-a-number"],
    ["1,234.567.890", "not-a-number"],
    ["0,123,456", "not-a-number"],
    ["=5", "not-a-number"],
    ["5\u200B", "not-a-number"],
    ["\0", "not-a-number"],
    ["NaN", "not-a-number"],
    ["Infinity", "not-a-number"],
    ["1000000000000000", "too-large"],
    ["9".repeat(1_000), "not-a-number"],
  ])("is not guessed from %j, which is %s", (text, fault) => {
    expect(readWholeNumber(text)).toMatchObject({ ok: false, fault });
  });

  it("is read back from what any spreadsheet writes of it, or refused where that has two meanings", () => {
    const locales = fc.constantFrom("en", "de", "fr", "de-CH", "sv", "pt-BR");
    const whole = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
    fc.assert(
      fc.property(whole, locales, fc.integer({ min: 0, max: 4 }), (value, locale, places) => {
        const text = value.toLocaleString(locale, { minimumFractionDigits: places });
        const read = readWholeNumber(text);
        if (read.ok) expect(read.value).toBe(value);
        else expect(read.fault).toBe("ambiguous");
      }),
    );
  });

  it("is refused in words that say what to write", () => {
    const details = ["1,234", "1.000", "12.5", "1e3", "5 pcs", "", "5\u200B"].map((text) => {
      const read = readWholeNumber(text);
      return read.ok ? "" : read.detail;
    });
    expect(details).toEqual([
      'Expected a whole number; got "1,234", whose comma is for thousands in some countries and for decimals in others. Write it without the comma.',
      'Expected a whole number; got "1.000", whose point is for thousands in some countries and for decimals in others. Write it without the point.',
      'Expected a whole number; got "12.5", which is not whole.',
      'Expected a whole number; got "1e3". Write out all of its digits.',
      'Expected a whole number; got "5 pcs". Write it with the digits 0 to 9 alone.',
      "Expected a whole number; got nothing.",
      'Expected a whole number; got "5\\u{200b}". Write it with the digits 0 to 9 alone.',
    ]);
  });
});

describe("a text in a message", () => {
  it("is short, on one line, and hides nothing", () => {
    expect(quoted("a b")).toBe('"a b"');
    expect(quoted("a\u00A0b\n\0\uD800")).toBe(String.raw`"a\u{a0}b\u{a}\u{0}\u{d800}"`);
    expect(quoted("x".repeat(61))).toBe(`"${"x".repeat(60)}…"`);
  });
});
