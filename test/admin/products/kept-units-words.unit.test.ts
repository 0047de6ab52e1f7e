import { describe, expect, it } from "vitest";
import { givenUpWords, hiddenByTypeWords } from "../../../src/admin/products/kept-units-words.ts";
import { toFields } from "../../../src/admin/products/product-form-values.ts";
import type { Product } from "../../../src/admin/products/product-queries.ts";

const variant = (sku: string, unitsInStock: number | null) => ({
  sku,
  name: sku.toLowerCase(),
  options: {},
  enabled: true,
  unitsInStock,
  stockAlertThreshold: null,
});

const shirt: Product = {
  sku: "SHIRT",
  name: "Shirt",
  type: "goods",
  enabled: true,
  trackInventory: true,
  unitsInStock: 10,
  variants: [variant("RED", 6), variant("BLUE", 1), variant("GREEN", null), variant("GONE", 0)],
  version: 1,
  createdAt: "2026-01-01T00:00:00Z",
  updatedAt: "2026-01-01T00:00:00Z",
};

/** The form's fields after the units of the variants were emptied. */
function emptied(...skus: readonly string[]) {
  const fields = toFields(shirt);
  for (const one of fields.variants) if (skus.includes(one.sku)) one.unitsInStock = "";
  return fields;
}

describe("what becomes of a variant's own units is said before they are given up", () => {
  it.each<[string[], string | null]>([
    [[], null],
    [["GREEN"], null],
    [["GONE"], null],
    [["RED"], "Saving adds the 6 units of red to the product's units."],
    [["BLUE"], "Saving adds the 1 unit of blue to the product's units."],
    [["RED", "BLUE"], "Saving adds the 7 units of 2 variants to the product's units."],
  ])("%j", (skus, words) => {
    expect(givenUpWords(emptied(...skus), shirt)).toBe(words);
  });

  it("also if the product is counted anew with the same edit", () => {
    expect(givenUpWords({ ...emptied("RED"), unitsInStock: 12 }, shirt)).toContain(
      "the product's units that you have set count for all",
    );
  });

  it("for no new product: it has no variants with units yet", () => {
    expect(givenUpWords(emptied("RED"), null)).toBeNull();
  });
});

describe("what a type hides is said before it is chosen", () => {
  const type = (hasInventory: boolean, hasVariants: boolean, code = "other") => ({
    code,
    hasInventory,
    hasVariants,
  });

  it.each([
    [type(true, true), null],
    [type(false, false, "goods"), null],
    [undefined, null],
    [
      type(true, false),
      "This type has no variants. The product's 4 variants and their units are hidden",
    ],
    [type(false, true), "This type has no inventory. The product's counts are hidden"],
    [type(false, false), "The product's 4 variants and all counts are hidden. Nothing is lost"],
  ])("%j", (chosen, words) => {
    const said = hiddenByTypeWords(chosen, shirt);
    if (words === null) expect(said).toBeNull();
    else expect(said).toContain(words);
  });
});
