// A product as its form holds it, and the way there and back. Empty number fields are "".

import type * as z from "zod";
import type { newProduct } from "../../api/catalogue/product-schemas.ts";
import type { Product, ProductType } from "./product-queries.ts";

/** A number field: empty, a number, or text on the way to one. */
export type NumberField = number | string;

/** A variant in the form. */
export type VariantFields = {
  sku: string;
  name: string;
  options: Record<string, string>;
  enabled: boolean;
  /** Empty: the product's. */
  unitsInStock: NumberField;
  /** Empty: the product's. */
  stockAlertThreshold: NumberField;
};

/** The product in the form. */
export type ProductFields = {
  sku: string;
  name: string;
  type: string;
  enabled: boolean;
  trackInventory: boolean;
  unitsInStock: NumberField;
  stockAlertThreshold: NumberField;
  hideIfOutOfStock: boolean;
  allowPreOrder: boolean;
  allowNegativeStock: boolean;
  sellBelowThreshold: boolean;
  variants: VariantFields[];
};

/** What the fields are called in the store's manual. */
export const labels = {
  name: "Name",
  type: "Type",
  enabled: "Enabled",
  trackInventory: "Track Inventory",
  unitsInStock: "Units in Stock",
  stockAlertThreshold: "Stock Alert Threshold",
  hideIfOutOfStock: "Hide if Out of Stock",
  allowPreOrder: "Allow Pre-Order",
  allowNegativeStock: "Allow Negative Stock",
  sellBelowThreshold: "Sell below the threshold",
  variants: "Variants",
} as const;

/** The form of a stored product, or of a new one of the given type. */
export function toFields(product: Product | null): ProductFields {
  return {
    sku: product?.sku ?? "",
    name: product?.name ?? "",
    type: product?.type ?? "goods",
    enabled: product?.enabled ?? true,
    trackInventory: product?.trackInventory ?? true,
    unitsInStock: product?.unitsInStock ?? "",
    stockAlertThreshold: product?.stockAlertThreshold ?? "",
    hideIfOutOfStock: product?.hideIfOutOfStock ?? false,
    allowPreOrder: product?.allowPreOrder ?? false,
    allowNegativeStock: product?.allowNegativeStock ?? false,
    sellBelowThreshold: product?.sellBelowThreshold ?? false,
    variants: (product?.variants ?? []).map((variant) => ({
      sku: variant.sku,
      name: variant.name,
      options: variant.options,
      enabled: variant.enabled,
      unitsInStock: variant.unitsInStock ?? "",
      stockAlertThreshold: variant.stockAlertThreshold ?? "",
    })),
  };
}

/** Whether the form shows stock fields: the type has inventory, and it is tracked. */
export function isTracked(fields: ProductFields, type: ProductType | undefined): boolean {
  return type?.hasInventory === true && fields.trackInventory;
}

/** Whether everything that can be ordered has a count of its own, so that the product needs none. */
export function allHaveOwnUnits({ variants }: ProductFields): boolean {
  return variants.length > 0 && variants.every(({ unitsInStock }) => unitsInStock !== "");
}

type Body = z.input<typeof newProduct>;

/**
 * The body of `PUT`. Counts are sent only where the form changed them, with the count that was looked at, so
 * that a sale in between is never undone. What is not shown is not sent, and so stays as it is.
 */
export function toBody(
  fields: ProductFields,
  base: Product | null,
  type: ProductType | undefined,
): Body {
  const { name, enabled, trackInventory } = fields;
  const tracked = isTracked(fields, type);
  const before = new Map(base?.variants.map((variant) => [variant.sku, variant]));
  return {
    name: name.trim(),
    type: fields.type,
    enabled,
    ...(type?.hasInventory === true ? { trackInventory } : {}),
    ...(tracked ? stockOf(fields, base) : {}),
    ...(type?.hasVariants === true
      ? {
          variants: fields.variants.map((variant) => {
            const { sku, options } = variant;
            const rest = tracked ? variantStock(variant, before.get(sku)) : {};
            const called = variant.name.trim() === "" ? {} : { name: variant.name.trim() };
            return { sku: sku.trim(), ...called, options, enabled: variant.enabled, ...rest };
          }),
        }
      : {}),
  };
}

function stockOf(fields: ProductFields, base: Product | null): Partial<Body> {
  const { hideIfOutOfStock, allowPreOrder, allowNegativeStock, sellBelowThreshold } = fields;
  return {
    ...countOf(fields.unitsInStock, base?.unitsInStock),
    stockAlertThreshold: numberOf(fields.stockAlertThreshold),
    hideIfOutOfStock,
    allowPreOrder,
    allowNegativeStock,
    sellBelowThreshold,
  };
}

function variantStock(
  variant: VariantFields,
  stored: Product["variants"][number] | undefined,
): Partial<NonNullable<Body["variants"]>[number]> {
  const units = numberOf(variant.unitsInStock);
  const count = units === null ? { unitsInStock: null } : countOf(units, stored?.unitsInStock);
  return { ...count, stockAlertThreshold: numberOf(variant.stockAlertThreshold) };
}

function countOf(
  field: NumberField,
  stored: number | null | undefined,
): { unitsInStock?: number; expectedUnits?: number } {
  const units = numberOf(field);
  if (units === null || units === stored) return {};
  return typeof stored === "number"
    ? { unitsInStock: units, expectedUnits: stored }
    : { unitsInStock: units };
}

/** The number in a field, or null where it is empty. */
function numberOf(field: NumberField): number | null {
  return typeof field === "number" ? field : null;
}
