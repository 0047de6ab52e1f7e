// What two people made of one product's variants is brought together variant by variant.

import { describe, expect, it } from "vitest";
import {
  type ProductFields,
  toFields,
  type VariantFields,
} from "../../../src/admin/products/product-form-values.ts";
import { compareVariants, mergeProduct } from "../../../src/admin/products/product-merge.ts";

const variant = (sku: string, changed: Partial<VariantFields> = {}): VariantFields => ({
  sku,
  name: sku.toLowerCase(),
  options: {},
  enabled: true,
  unitsInStock: 8,
  stockAlertThreshold: "",
  outOfStockThreshold: "",
  leadDays: "",
  packSize: "",
  ...changed,
});

const product = (...variants: VariantFields[]): ProductFields => ({ ...toFields(null), variants });

describe("a product that two people changed", () => {
  const base = product(variant("RED"), variant("BLUE"));

  it("keeps a count that changed elsewhere when another variant was edited here", () => {
    const theirs = product(variant("RED"), variant("BLUE", { unitsInStock: 3 }));
    const mine = product(variant("RED", { name: "Crimson" }), variant("BLUE"));
    expect(mergeProduct(base, theirs, mine).variants).toEqual([
      variant("RED", { name: "Crimson" }),
      variant("BLUE", { unitsInStock: 3 }),
    ]);
  });

  it("keeps both people's changes of one variant", () => {
    const theirs = product(variant("RED", { unitsInStock: 7 }), variant("BLUE"));
    const mine = product(variant("RED", { name: "Crimson" }), variant("BLUE"));
    expect(mergeProduct(base, theirs, mine).variants[0]).toEqual(
      variant("RED", { name: "Crimson", unitsInStock: 7 }),
    );
  });

  it("keeps what either added, and leaves out what either removed", () => {
    const theirs = product(variant("RED"), variant("GREEN"));
    const mine = product(variant("BLUE"), variant("SAND"), variant(""), variant(""));
    expect(mergeProduct(base, theirs, mine).variants.map(({ sku }) => sku)).toEqual([
      "GREEN",
      "SAND",
      "",
      "",
    ]);
  });

  it("keeps a variant that they removed and I changed, for me to decide", () => {
    const mine = product(variant("RED"), variant("BLUE", { unitsInStock: 9 }));
    expect(
      mergeProduct(base, product(variant("RED")), mine).variants.map(({ sku }) => sku),
    ).toEqual(["RED", "BLUE"]);
  });
});

describe("the words for changed variants", () => {
  it("tell each difference", () => {
    const before = [variant("RED"), variant("BLUE")];
    const after = [
      variant("RED", { unitsInStock: 3, enabled: false, stockAlertThreshold: 2 }),
      variant("GREEN"),
    ];
    expect(compareVariants("variants", before, after)).toBe(
      "red: Units in Stock 8 → 3; red: Stock Alert Threshold empty → 2; red: Enabled on → off; green added; blue removed",
    );
  });

  it("are few where the differences are many", () => {
    const many = Array.from({ length: 300 }, (_none, place) => variant(`V-${place}`));
    expect(compareVariants("variants", [], many)).toMatch(/^v-0 added;.*; and 292 more$/);
  });

  it("are left to the caller for other fields", () => {
    expect(compareVariants("name", "a", "b")).toBeUndefined();
  });
});
