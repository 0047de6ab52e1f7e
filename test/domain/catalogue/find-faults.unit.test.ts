// What is wrong with an edit, by the place of each fault.

import { describe, expect, test } from "vitest";
import { findFaults } from "../../../src/domain/catalogue/find-faults.ts";
import { mergeProduct } from "../../../src/domain/catalogue/merge-product.ts";
import type { ProductEdit } from "../../../src/domain/catalogue/product-edit.ts";
import { productTypes } from "../support/arbitrary-product.ts";

/** The places of the faults of an edit that makes the product P, which is of the type. */
function faultsOf(edit: ProductEdit, code: string, counted = false): string[] {
  const type = productTypes.find((known) => known.code === code);
  if (type === undefined) throw new Error(`There is no type ${code}.`);
  const product = mergeProduct(edit, "replace", null, type);
  return findFaults({ sku: "P", edit, product, type, counted }).map(({ pointer }) => pointer);
}

const own = { sku: "A", unitsInStock: 1 };

describe("an edit", () => {
  test.each<[string, string, ProductEdit, readonly string[]]>([
    ["with a count is right", "goods", { unitsInStock: 1 }, []],
    ["without a count lacks it", "goods", {}, ["/unitsInStock"]],
    ["without a count needs none if its type has no inventory", "service", {}, []],
    ["without a count needs none if it is not tracked", "goods", { trackInventory: false }, []],
    ["without a count needs none if all variants have theirs", "goods", { variants: [own] }, []],
    [
      "without a count lacks it if some variant draws on it",
      "goods",
      { variants: [own, { sku: "B" }] },
      ["/unitsInStock"],
    ],
    [
      "can't be tracked without inventory",
      "service",
      { trackInventory: true },
      ["/trackInventory"],
    ],
    ["has no count without inventory", "service", { unitsInStock: 1 }, ["/unitsInStock"]],
    [
      "has no count if it is not tracked, nor has a variant",
      "goods",
      { trackInventory: false, unitsInStock: 1, variants: [own] },
      ["/unitsInStock", "/variants/0/unitsInStock"],
    ],
    ["has no count below zero", "goods", { unitsInStock: -1 }, ["/unitsInStock"]],
    [
      "has one below zero if that is allowed",
      "goods",
      { unitsInStock: -1, allowNegativeStock: true },
      [],
    ],
    [
      "has an expected count only beside a count",
      "goods",
      { unitsInStock: 1, variants: [{ sku: "A", expectedUnits: 1 }] },
      ["/variants/0/expectedUnits"],
    ],
    [
      "has no variants if its type has none",
      "books",
      { unitsInStock: 1, variants: [own] },
      ["/variants"],
    ],
    [
      "lacks a count of its own if its type hides the variants that have one",
      "books",
      { variants: [own] },
      ["/unitsInStock", "/variants"],
    ],
    [
      "names each SKU once",
      "goods",
      { variants: [own, own, { ...own, sku: "P" }] },
      ["/variants/1/sku", "/variants/2/sku"],
    ],
  ])("%s", (_says, type, edit, pointers) => {
    expect(faultsOf(edit, type)).toEqual(pointers);
  });

  test("without a count keeps one that is known", () => {
    expect(faultsOf({}, "goods", true)).toEqual([]);
  });
});
