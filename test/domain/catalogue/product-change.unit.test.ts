import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { productChange, type TypedProduct } from "../../../src/domain/catalogue/product-change.ts";

const red = {
  sku: "SHIRT-RED",
  name: "Red",
  options: { color: "red", size: "L" },
  enabled: true,
  ownStock: true,
  stockAlertThreshold: null,
  outOfStockThreshold: null,
  leadDays: null,
  packSize: null,
};
const blue = { ...red, sku: "SHIRT-BLUE", name: "Blue", options: { color: "blue" } };
const shirt: TypedProduct = {
  type: "goods",
  name: "Shirt",
  enabled: true,
  trackInventory: true,
  stockAlertThreshold: 5,
  outOfStockThreshold: null,
  leadDays: null,
  packSize: null,
  hideIfOutOfStock: false,
  allowPreOrder: false,
  allowNegativeStock: false,
  variants: [red, blue],
};

describe("what an edit changed", () => {
  test.each<[string, Partial<TypedProduct>, object | null]>([
    ["nothing", {}, null],
    [
      "nothing if the options come in another order",
      { variants: [{ ...red, options: { size: "L", color: "red" } }, blue] },
      null,
    ],
    [
      "a threshold to none",
      { stockAlertThreshold: null },
      { fields: ["stockAlertThreshold"], variants: [] },
    ],
    ["name and type", { name: "Tee", type: "books" }, { name: "Tee", fields: ["type", "name"] }],
    [
      "a variant's fields",
      { variants: [{ ...red, enabled: false, options: { color: "red" } }, blue] },
      {
        fields: [],
        variants: [{ sku: "SHIRT-RED", change: "updated", fields: ["options", "enabled"] }],
      },
    ],
    [
      "the order of the variants",
      { variants: [blue, red] },
      { fields: ["variants"], variants: [] },
    ],
    [
      "one variant for another",
      { variants: [red, { ...blue, sku: "SHIRT-TEAL" }] },
      {
        fields: ["variants"],
        variants: [
          { sku: "SHIRT-TEAL", change: "created" },
          { sku: "SHIRT-BLUE", change: "deleted", fields: [] },
        ],
      },
    ],
  ])("%s", (_what, edit, change) => {
    const found = productChange(shirt, { ...shirt, ...edit });
    if (change === null) expect(found).toBeNull();
    else expect(found).toMatchObject({ change: "updated", ...change });
  });

  it("of a new product is everything", () => {
    expect(productChange(null, shirt)).toMatchObject({
      change: "created",
      name: "Shirt",
      fields: expect.arrayContaining(["type", "stockAlertThreshold", "variants"]),
      variants: [
        { sku: "SHIRT-RED", change: "created" },
        { sku: "SHIRT-BLUE", change: "created" },
      ],
    });
  });

  it("is nothing exactly if the product is the same", () => {
    const variant = fc.record({
      name: fc.constantFrom("Red", "Dark red"),
      enabled: fc.boolean(),
      stockAlertThreshold: fc.constantFrom(null, 0, 5),
    });
    const product = fc
      .record({
        name: fc.constantFrom("Shirt", "Tee"),
        outOfStockThreshold: fc.constantFrom(null, 0),
        own: variant,
        listed: fc.subarray([red, blue]),
      })
      .map(({ own, listed, ...rest }): TypedProduct => ({
        ...shirt,
        ...rest,
        variants: listed.map((one) => ({ ...one, ...own })),
      }));
    fc.assert(
      fc.property(product, product, (before, after) => {
        const isSame = JSON.stringify(before) === JSON.stringify(after);
        expect(productChange(before, after) === null).toBe(isSame);
      }),
    );
  });
});
