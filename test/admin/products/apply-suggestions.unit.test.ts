import { describe, expect, it } from "vitest";
import {
  applySuggestions,
  type Suggestion,
  usableSuggestions,
} from "../../../src/admin/products/apply-suggestions.ts";
import {
  type ProductFields,
  toFields,
  type VariantFields,
} from "../../../src/admin/products/product-form-values.ts";

const variant = (sku: string, unitsInStock: number | ""): VariantFields => ({
  sku,
  name: sku,
  options: {},
  enabled: true,
  unitsInStock,
  stockAlertThreshold: "",
  outOfStockThreshold: "",
  leadDays: "",
  packSize: "",
});

const shirt: ProductFields = {
  ...toFields(null),
  sku: "TEE",
  stockAlertThreshold: 5,
  variants: [variant("RED", 4), variant("BLUE", 7), variant("SHARED", "")],
};

const thresholds = { stockAlertThreshold: 14, outOfStockThreshold: 1 };
const suggestion = (sku: string, isMade = true): Suggestion => ({
  sku,
  unitsSold: isMade ? 28 : 0,
  days: 28,
  suggested: isMade ? thresholds : null,
});

describe("suggested thresholds in the form", () => {
  it("go to the product and to the variants with units of their own", () => {
    const all = [suggestion("TEE"), suggestion("RED"), suggestion("BLUE", false)];
    const applied = applySuggestions(shirt, all);
    expect(applied).toMatchObject(thresholds);
    expect(applied.variants).toEqual([
      { ...variant("RED", 4), ...thresholds },
      variant("BLUE", 7),
      variant("SHARED", ""),
    ]);
  });

  it("are not for a count that the form does not use any more", () => {
    const own = { ...shirt, variants: [variant("RED", 4), variant("BLUE", "")] };
    const offered = [suggestion("TEE"), suggestion("RED"), suggestion("BLUE")];
    expect(usableSuggestions(offered, own).map(({ sku }) => sku)).toEqual(["TEE", "RED"]);
    const allOwn = { ...shirt, variants: [variant("RED", 4)] };
    expect(usableSuggestions(offered, allOwn).map(({ sku }) => sku)).toEqual(["RED"]);
    expect(applySuggestions(allOwn, offered).stockAlertThreshold).toBe(5);
  });
});
