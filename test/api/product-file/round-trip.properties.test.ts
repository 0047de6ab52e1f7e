// What is exported can be imported, without a server: the file is written, read and planned, and compared with the
// store that it is from.

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findSchemaFaults } from "../../../src/api/product-file/find-schema-faults.ts";
import { readProductFile } from "../../../src/api/product-file/read-product-file.ts";
import { fileHead, writeProducts } from "../../../src/api/product-file/write-product-file.ts";
import { mergeProduct } from "../../../src/domain/catalogue/merge-product.ts";
import type { StoredProduct } from "../../../src/domain/catalogue/product.ts";
import {
  type ImportPlan,
  planImport,
  type PlannedProduct,
} from "../../../src/domain/product-file/plan-import.ts";
import { defaultProductType, isTracked } from "../../../src/domain/catalogue/product-type.ts";
import type { ColumnName } from "../../../src/domain/product-file/product-columns.ts";
import { anyStore, productTypes } from "../../domain/support/arbitrary-product.ts";
import { atOnce } from "../../support/at-once.ts";

const exported = (products: readonly StoredProduct[]) => fileHead + writeProducts(products);

/** The plan of a file that is read without some of its columns. */
function planned(
  csv: string,
  stored: readonly StoredProduct[],
  without: readonly ColumnName[] = [],
): ImportPlan {
  const file = atOnce(readProductFile(csv));
  const rows = file.rows.map((row) => ({
    ...row,
    cells: new Map([...row.cells].filter(([column]) => !without.includes(column))),
  }));
  return atOnce(planImport({ ...file, rows }, { stored, types: productTypes, findSchemaFaults }));
}

/** The product that saving what is planned makes. */
function saved({ sku, edit }: PlannedProduct, stored: StoredProduct | undefined): StoredProduct {
  const code = edit.type ?? stored?.type ?? defaultProductType;
  const type = productTypes.find((known) => known.code === code);
  if (type === undefined) throw new Error(`There is no type ${code}.`);
  const mode = stored === undefined ? "replace" : "patch";
  const product = mergeProduct(edit, mode, stored ?? null, type);
  const counts = new Map(edit.variants?.map((variant) => [variant.sku, variant.unitsInStock]));
  const before = new Map(stored?.variants.map((variant) => [variant.sku, variant.units]));
  const date = new Date(0);
  return {
    ...product,
    id: stored?.id ?? 0,
    sku,
    type: code,
    tracked: isTracked(type, product),
    units: edit.unitsInStock ?? stored?.units ?? 0,
    version: 1,
    createdAt: date,
    updatedAt: date,
    variants: product.variants.map((variant) => ({
      ...variant,
      units: counts.get(variant.sku) ?? before.get(variant.sku) ?? 0,
      threshold: variant.stockAlertThreshold ?? product.stockAlertThreshold,
      effectiveOutOfStockThreshold: variant.outOfStockThreshold ?? product.outOfStockThreshold,
    })),
  };
}

const storeAfter = ({ products }: ImportPlan, stored: readonly StoredProduct[]) =>
  products.map((product) =>
    saved(
      product,
      stored.find(({ sku }) => sku === product.sku),
    ),
  );

/**
 * Another product under the SKUs of the first, with no more variants. Empty cells of options keep those that a
 * variant has, so a variant without options has none in the other product either.
 */
const withSkusOf = ({ sku, variants }: StoredProduct, other: StoredProduct): StoredProduct => ({
  ...other,
  sku,
  variants: other.variants.slice(0, variants.length).map((variant, place) => ({
    ...variant,
    sku: variants[place]?.sku ?? variant.sku,
    options: Object.keys(variants[place]?.options ?? {}).length === 0 ? {} : variant.options,
  })),
});

describe("an exported file", () => {
  it("that is imported changes nothing", () => {
    fc.assert(
      fc.property(anyStore, (store) => {
        const { products, faults } = planned(exported(store), store);
        expect(faults).toEqual({ first: [], count: 0 });
        expect(
          products.map(({ sku, action, edit, differences }) => [sku, action, edit, differences]),
        ).toEqual(store.map(({ sku }) => [sku, "none", {}, []]));
      }),
    );
  });

  it("creates the whole store where there is none of it", () => {
    fc.assert(
      fc.property(anyStore, (store) => {
        const plan = planned(exported(store), []);
        expect(plan.faults).toEqual({ first: [], count: 0 });
        expect(plan.products.map(({ action }) => action)).toEqual(store.map(() => "create"));
        expect(exported(storeAfter(plan, []))).toBe(exported(store));
      }),
    );
  });

  it("makes any store with the same SKUs like the one that it is from, if its counts are set", () => {
    fc.assert(
      fc.property(anyStore, anyStore, (store, others) => {
        const before = store.flatMap((product, index) => {
          const other = others[index];
          return other === undefined ? [] : [withSkusOf(product, other)];
        });
        const plan = planned(exported(store), before, ["expectedUnits"]);
        expect(plan.faults).toEqual({ first: [], count: 0 });
        expect(exported(storeAfter(plan, before))).toBe(exported(store));
      }),
    );
  });
});
