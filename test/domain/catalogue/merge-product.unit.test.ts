// What an edit makes of a product: cases of what is kept and what is the default, and what holds of every edit.

import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { type EditMode, mergeProduct } from "../../../src/domain/catalogue/merge-product.ts";
import { planCounts } from "../../../src/domain/catalogue/plan-counts.ts";
import type { ProductWithVariants } from "../../../src/domain/catalogue/product.ts";
import type { ProductEdit } from "../../../src/domain/catalogue/product-edit.ts";
import { anyEdit, anyProduct, anyType } from "../support/arbitrary-product.ts";

const goods = { hasInventory: true, hasVariants: true };
const downloadable = { hasInventory: false, hasVariants: true };
const mode = fc.constantFrom<EditMode>("replace", "patch");

const mug: ProductWithVariants = {
  name: "Mug",
  enabled: false,
  trackInventory: true,
  stockAlertThreshold: 5,
  hideIfOutOfStock: true,
  allowPreOrder: true,
  allowNegativeStock: true,
  outOfStockThreshold: 3,
  leadDays: 21,
  packSize: 11,
  variants: [
    {
      sku: "RED",
      name: "Red one",
      options: { colour: "red" },
      enabled: false,
      ownStock: true,
      stockAlertThreshold: 2,
      outOfStockThreshold: 1,
      leadDays: 22,
      packSize: 12,
    },
  ],
};

const defaults = {
  enabled: true,
  trackInventory: true,
  stockAlertThreshold: null,
  hideIfOutOfStock: false,
  allowPreOrder: false,
  allowNegativeStock: false,
  outOfStockThreshold: null,
  leadDays: null,
  packSize: null,
};

describe("what an edit leaves out", () => {
  test.each<[string, ProductEdit, EditMode, ProductWithVariants | null, object]>([
    [
      "is the default of a new product",
      { name: "Cup" },
      "replace",
      null,
      { ...defaults, name: "Cup" },
    ],
    ["stays in a patch", {}, "patch", mug, mug],
    [
      "is the default in a replacement, but for lead time and pack size",
      { name: "Cup" },
      "replace",
      mug,
      { ...defaults, name: "Cup", leadDays: 21, packSize: 11 },
    ],
    [
      "is a stock setting that a replacement keeps while stock is not tracked",
      { name: "Cup", trackInventory: false },
      "replace",
      mug,
      { ...mug, name: "Cup", enabled: true, trackInventory: false },
    ],
    [
      "is not a threshold of null, which is none",
      { stockAlertThreshold: null },
      "patch",
      mug,
      { stockAlertThreshold: null },
    ],
    [
      "is the list of variants, which stays",
      { name: "Cup" },
      "replace",
      mug,
      { variants: mug.variants },
    ],
    ["is not an empty list of variants", { variants: [] }, "patch", mug, { variants: [] }],
  ])("%s", (_says, edit, how, stored, expected) => {
    expect(mergeProduct(edit, how, stored, goods)).toMatchObject(expected);
  });

  test.each<[string, ProductEdit, EditMode, object]>([
    [
      "a variant's fields in a patch",
      { variants: [{ sku: "RED" }] },
      "patch",
      { ...mug.variants[0] },
    ],
    [
      "a variant's options replace those that it had",
      { variants: [{ sku: "RED", options: { size: "M" } }] },
      "patch",
      { name: "Red one", options: { size: "M" } },
    ],
    [
      "in a replacement only whether a variant has stock of its own",
      { variants: [{ sku: "RED" }] },
      "replace",
      {
        sku: "RED",
        name: "RED",
        options: {},
        enabled: true,
        ownStock: true,
        stockAlertThreshold: null,
      },
    ],
    [
      "a new variant draws on its product's stock",
      { variants: [{ sku: "BLUE" }] },
      "patch",
      { ownStock: false },
    ],
    [
      "a count gives stock of its own",
      { variants: [{ sku: "BLUE", unitsInStock: 0 }] },
      "patch",
      { ownStock: true },
    ],
    [
      "a count of null takes it away",
      { variants: [{ sku: "RED", unitsInStock: null }] },
      "patch",
      { ownStock: false },
    ],
    [
      "a variant without a name is called by its options",
      { variants: [{ sku: "BLUE", options: { colour: "blue", size: "M" } }] },
      "patch",
      { name: "blue / M" },
    ],
  ])("%s", (_says, edit, how, expected) => {
    expect(mergeProduct(edit, how, mug, goods).variants[0]).toEqual(
      expect.objectContaining(expected),
    );
  });

  it("does not track the stock of a new product if its type has no inventory", () => {
    expect(mergeProduct({ name: "Song" }, "replace", null, downloadable).trackInventory).toBe(
      false,
    );
  });
});

describe("any edit", () => {
  it("that is merged twice is merged once", () => {
    const stored = fc.option(anyProduct, { nil: null });
    fc.assert(
      fc.property(anyEdit, mode, stored, anyType, (edit, how, before, type) => {
        const once = mergeProduct(edit, how, before, type);
        expect(mergeProduct(edit, how, once, type)).toEqual(once);
      }),
    );
  });

  it("that is empty changes nothing in a patch, unless the type has no variants", () => {
    fc.assert(
      fc.property(anyProduct, anyType, (product, type) => {
        const variants = type.hasVariants ? product.variants : [];
        expect(mergeProduct({}, "patch", product, type)).toEqual({ ...product, variants });
      }),
    );
  });

  it("that says nothing about stock keeps every variant's, also if the variants and their options are in another order", () => {
    const levels = (product: ProductWithVariants) =>
      product.variants.map(({ sku, ownStock }, index) => ({
        id: index + 1,
        sku,
        units: 7,
        retired: false,
        inUse: ownStock,
      }));
    const reordered = anyProduct.chain((product) =>
      fc.tuple(
        fc.constant(product),
        fc.shuffledSubarray([...product.variants], { minLength: product.variants.length }),
      ),
    );
    fc.assert(
      fc.property(reordered, mode, ([product, variants], how) => {
        const edit = {
          variants: variants.map(({ sku, options }) => ({
            sku,
            options: Object.fromEntries(Object.entries(options).toReversed()),
          })),
        };
        const after = mergeProduct(edit, how, product, goods);
        const stock = (of: ProductWithVariants) =>
          new Map(of.variants.map((v) => [v.sku, v.ownStock]));
        expect(stock(after)).toEqual(stock(product));
        expect(after.variants.map(({ sku }) => sku)).toEqual(variants.map(({ sku }) => sku));
        const counts = { sku: "P", edit, product: after, type: goods, levels: levels(product) };
        expect(planCounts(counts)).toEqual({ kind: "planned", before: [], after: [] });
      }),
    );
  });
});
