import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { guard, readCell, writeOptions } from "../../../src/domain/product-file/product-columns.ts";

describe("cells", () => {
  it("with any options are read as they were written", () => {
    const text = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 20 })
      .filter((value) => value.trim() === value && value !== "__proto__");
    fc.assert(
      fc.property(fc.dictionary(text, text, { minKeys: 1, maxKeys: 4 }), (options) => {
        expect(readCell("options", guard(writeOptions(options)))).toEqual({
          ok: true,
          value: { ...options },
        });
      }),
    );
  });

  it("with any text are read as they were written, and never run as a formula", () => {
    const text = fc
      .string({ unit: "grapheme", minLength: 1 })
      .filter((value) => value.trim() === value);
    fc.assert(
      fc.property(text, (value) => {
        expect(guard(value)).not.toMatch(/^[=+\-@]/);
        expect(readCell("name", guard(value))).toEqual({ ok: true, value });
      }),
    );
    expect(guard("=HYPERLINK(1)")).toBe("'=HYPERLINK(1)");
  });
});
