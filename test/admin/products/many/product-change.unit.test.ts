import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  changeFor,
  isEmpty,
  type ProductChange,
  undoOf,
} from "../../../../src/admin/products/many/product-change.ts";
import type { Product } from "../../../../src/admin/products/product-queries.ts";

const flag = fc.boolean();
const level = fc.option(fc.integer({ min: 0, max: 99 }), { nil: null });
const settings = {
  stockAlertThreshold: level,
  outOfStockThreshold: level,
  hideIfOutOfStock: flag,
  allowPreOrder: flag,
  allowNegativeStock: flag,
};

const base = {
  sku: "MUG",
  name: "Mug",
  type: "goods",
  variants: [],
  version: 3,
  createdAt: "2026-01-01T00:00:00Z",
  updatedAt: "2026-01-01T00:00:00Z",
};
const tracked: fc.Arbitrary<Product> = fc
  .record({ ...settings, enabled: flag })
  .map((own) => ({ ...base, ...own, trackInventory: true, unitsInStock: 5 }));
const untracked: fc.Arbitrary<Product> = flag.map((enabled) => ({
  ...base,
  enabled,
  trackInventory: false,
}));
const changes: fc.Arbitrary<ProductChange> = fc.record(
  { ...settings, enabled: flag },
  { requiredKeys: [] },
);

describe("a change of many products", () => {
  it("is taken back by its undo, whatever a product had", () => {
    fc.assert(
      fc.property(fc.oneof(tracked, untracked), changes, (product, wanted) => {
        const change = changeFor(product, wanted);
        expect({ ...product, ...change, ...undoOf(product, change) }).toEqual(product);
      }),
    );
  });

  it("touches nothing but what was asked, and of a product that is not counted only whether it is for sale", () => {
    fc.assert(
      fc.property(tracked, untracked, changes, (counted, other, wanted) => {
        expect(changeFor(counted, wanted)).toEqual(wanted);
        const { enabled } = wanted;
        expect(changeFor(other, wanted)).toEqual(enabled === undefined ? {} : { enabled });
      }),
    );
  });

  it.each([
    [{}, true],
    [{ enabled: false }, false],
    [{ stockAlertThreshold: null }, false],
  ] as const)("%j is empty: %s", (change, empty) => {
    expect(isEmpty(change)).toBe(empty);
  });
});
