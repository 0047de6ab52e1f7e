import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type GenerationOutcome,
  generateVariants,
  optionsOf,
  type VariantGeneration,
} from "../../../src/domain/catalogue/generate-variants.ts";

const generate = (given: Partial<VariantGeneration>): GenerationOutcome =>
  generateVariants({
    productSku: "SHIRT",
    options: [],
    existing: [],
    variantsMax: 1_000,
    ...given,
  });

const variantsOf = (outcome: GenerationOutcome) =>
  outcome.kind === "generated" ? outcome.variants : [];

const colours = { name: "colour", values: ["red", "blue"] };
const sizes = { name: "size", values: ["S", "M", "L"] };

describe("generating variants", () => {
  it("makes the full product of all option values", () => {
    const variants = variantsOf(generate({ options: [colours, sizes] }));
    expect(variants.map(({ sku }) => sku)).toEqual([
      "SHIRT-RED-S",
      "SHIRT-RED-M",
      "SHIRT-RED-L",
      "SHIRT-BLUE-S",
      "SHIRT-BLUE-M",
      "SHIRT-BLUE-L",
    ]);
    expect(variants[4]).toEqual({
      sku: "SHIRT-BLUE-M",
      name: "blue / M",
      options: { colour: "blue", size: "M" },
    });
  });

  it("creates only what no variant has yet, whatever the order of its options", () => {
    const existing = [{ sku: "OLD", options: { size: "S", colour: "red" } }];
    const outcome = generate({ options: [colours, { name: "size", values: ["S"] }], existing });
    expect(variantsOf(outcome).map(({ options }) => options)).toEqual([
      { colour: "blue", size: "S" },
    ]);
  });

  it("creates nothing without options, or when everything is there", () => {
    expect(generate({})).toEqual({ kind: "generated", variants: [] });
    expect(generate({ options: [{ name: "colour", values: [] }] })).toEqual({
      kind: "generated",
      variants: [],
    });
    const first = variantsOf(generate({ options: [colours, sizes] }));
    expect(variantsOf(generate({ options: [colours, sizes], existing: first }))).toEqual([]);
  });

  it("counts a value once that is given twice or with spaces around it", () => {
    const outcome = generate({ options: [{ name: " colour ", values: ["red", " red ", ""] }] });
    expect(variantsOf(outcome).map(({ options }) => options)).toEqual([{ colour: "red" }]);
  });

  it("refuses more than a product may have, and says how many there would be", () => {
    const many = (name: string) => ({ name, values: Array.from({ length: 40 }, (_, i) => `${i}`) });
    expect(generate({ options: [many("a"), many("b")] })).toEqual({
      kind: "too-many",
      total: 1_600,
    });
    const existing = [{ sku: "OTHER", options: { cut: "slim" } }];
    expect(generate({ options: [colours], existing, variantsMax: 2 })).toEqual({
      kind: "too-many",
      total: 3,
    });
  });

  it("gives each a SKU that nothing has, also where values look alike or have no letters", () => {
    const existing = [{ sku: "SHIRT-RED", options: { shade: "x" } }];
    const outcome = generate({
      options: [{ name: "colour", values: ["red", "Red", "★"] }],
      existing,
    });
    expect(variantsOf(outcome).map(({ sku }) => sku)).toEqual([
      "SHIRT-RED-2",
      "SHIRT-RED-3",
      "SHIRT-1",
    ]);
  });

  it("keeps to 64 characters and finds a free SKU for any values", () => {
    const value = fc.string({ unit: "grapheme", minLength: 1, maxLength: 100 });
    const option = fc.record({
      name: fc.constantFrom("colour", "size", "cut"),
      values: fc.array(value, { maxLength: 5 }),
    });
    fc.assert(
      fc.property(fc.array(option, { maxLength: 3 }), (options) => {
        const productSku = "P".repeat(60);
        const variants = variantsOf(generate({ productSku, options }));
        expect(new Set(variants.map(({ sku }) => sku)).size).toBe(variants.length);
        for (const { sku } of variants) {
          expect(sku.length).toBeLessThanOrEqual(64);
          expect(sku.isWellFormed()).toBe(true);
        }
        // Generating again with what was generated adds nothing: the operation is idempotent.
        expect(variantsOf(generate({ productSku, options, existing: variants }))).toEqual([]);
      }),
    );
  });
});

describe("the options of variants", () => {
  it("are the names and values that occur, in the order in which they occur", () => {
    const variants = variantsOf(generate({ options: [colours, sizes] }));
    expect(optionsOf(variants)).toEqual([colours, sizes]);
    expect(optionsOf([{ options: {} }])).toEqual([]);
  });
});
