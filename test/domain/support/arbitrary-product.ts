// Products as they may be stored, and edits of them, made at random.

import * as fc from "fast-check";
import type {
  ProductSettings,
  ProductWithVariants,
  StoredProduct,
  StoredVariant,
  VariantSettings,
} from "../../../src/domain/catalogue/product.ts";
import type { ProductEdit, VariantEdit } from "../../../src/domain/catalogue/product-edit.ts";
import { isTracked, type ProductTypeFlags } from "../../../src/domain/catalogue/product-type.ts";

/** Every sort of product type. */
export const productTypes: readonly ProductTypeFlags[] = [
  { code: "goods", hasInventory: true, hasVariants: true },
  { code: "books", hasInventory: true, hasVariants: false },
  { code: "downloadable", hasInventory: false, hasVariants: true },
  { code: "service", hasInventory: false, hasVariants: false },
];

/** A product type. */
export const anyType = fc.constantFrom(...productTypes);

/** Texts that a file could break. */
export const anyText = fc.oneof(
  fc.constantFrom(
    '5" pan',
    '"quoted"',
    "=1+1",
    "'=1",
    "-5",
    "@me",
    "00123",
    "a,b;c",
    "1,234",
    "ß 日本",
  ),
  fc.stringMatching(/^[A-Za-z0-9"',;=\\+@-]{1,12}$/),
);

/** The name of an option. The API refuses the names that every JavaScript object has. */
const optionName = anyText.filter((name) => !["constructor", "prototype"].includes(name));

/** Options of a variant. */
export const anyOptions = fc.dictionary(optionName, anyText, { maxKeys: 3 });

/** A threshold, or none. */
export const anyThreshold = fc.option(fc.integer({ min: 0, max: 1_000 }), { nil: null });

/** A lead time or a pack size, or none. */
export const anyDays = fc.option(fc.integer({ min: 1, max: 366 }), { nil: null });

/** A count. Only a product that allows negative stock may have one below zero. */
export const anyUnits = fc.integer({ min: -50, max: 1_000_000_000 });

const settings: fc.Arbitrary<ProductSettings> = fc.record({
  name: anyText,
  enabled: fc.boolean(),
  trackInventory: fc.boolean(),
  stockAlertThreshold: anyThreshold,
  hideIfOutOfStock: fc.boolean(),
  allowPreOrder: fc.boolean(),
  allowNegativeStock: fc.boolean(),
  outOfStockThreshold: anyThreshold,
  leadDays: anyDays,
  packSize: anyDays,
});

const variantSettings = (sku: fc.Arbitrary<string>): fc.Arbitrary<VariantSettings> =>
  fc.record({
    sku,
    name: anyText,
    options: anyOptions,
    enabled: fc.boolean(),
    ownStock: fc.boolean(),
    stockAlertThreshold: anyThreshold,
    outOfStockThreshold: anyThreshold,
    leadDays: anyDays,
    packSize: anyDays,
  });

const bySku = { selector: ({ sku }: { readonly sku: string }) => sku, maxLength: 4 };
/** So few SKUs that edits name stored variants as well as new ones. */
const fewSkus = fc.constantFrom("A", "B", "C", "D", "E");

/** The settings of a product with variants. */
export const anyProduct: fc.Arbitrary<ProductWithVariants> = fc
  .tuple(settings, fc.uniqueArray(variantSettings(fewSkus), bySku))
  .map(([own, variants]) => ({ ...own, variants }));

const variantEdit: fc.Arbitrary<VariantEdit> = fc.record(
  {
    sku: fewSkus,
    name: anyText,
    options: anyOptions,
    enabled: fc.boolean(),
    unitsInStock: fc.option(anyUnits, { nil: null }),
    stockAlertThreshold: anyThreshold,
    outOfStockThreshold: anyThreshold,
    leadDays: anyDays,
    packSize: anyDays,
  },
  { requiredKeys: ["sku"] },
);

/** An edit of a product, of any of its fields. */
export const anyEdit: fc.Arbitrary<ProductEdit> = fc.record(
  {
    name: anyText,
    enabled: fc.boolean(),
    trackInventory: fc.boolean(),
    unitsInStock: anyUnits,
    stockAlertThreshold: anyThreshold,
    hideIfOutOfStock: fc.boolean(),
    allowPreOrder: fc.boolean(),
    allowNegativeStock: fc.boolean(),
    outOfStockThreshold: anyThreshold,
    leadDays: anyDays,
    packSize: anyDays,
    variants: fc.uniqueArray(variantEdit, bySku),
  },
  { requiredKeys: [] },
);

const storedVariant: fc.Arbitrary<StoredVariant> = fc
  .tuple(variantSettings(anyText), anyUnits, anyThreshold, anyThreshold)
  .map(([own, units, threshold, effectiveOutOfStockThreshold]) => ({
    ...own,
    units,
    threshold,
    effectiveOutOfStockThreshold,
  }));

/** A product as the store reads it. The variants of a type without any are hidden. */
const storedProduct: fc.Arbitrary<StoredProduct> = fc
  .record({
    own: settings,
    sku: anyText,
    type: anyType,
    units: anyUnits,
    variants: fc.array(storedVariant, { maxLength: 3 }),
  })
  .map(({ own, sku, type, units: count, variants }) => {
    const allowed = (given: number) => (own.allowNegativeStock ? given : Math.abs(given));
    return {
      ...own,
      id: 0,
      sku,
      type: type.code,
      tracked: isTracked(type, own),
      units: allowed(count),
      version: 1,
      createdAt: new Date(0),
      updatedAt: new Date(0),
      variants: type.hasVariants
        ? variants.map((variant) => ({ ...variant, units: allowed(variant.units) }))
        : [],
    };
  });

/** The products of a store, each SKU once. */
export const anyStore: fc.Arbitrary<readonly StoredProduct[]> = fc
  .array(storedProduct, { minLength: 1, maxLength: 4 })
  .map((products) =>
    products.map((product, index) => ({
      ...product,
      id: index + 1,
      sku: `${product.sku}-${index}`,
      variants: product.variants.map((variant, place) => ({
        ...variant,
        sku: `${variant.sku}-${index}-${place}`,
      })),
    })),
  );
