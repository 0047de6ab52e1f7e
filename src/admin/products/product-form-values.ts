// The values of the product form, and how to convert them from and to the API. An empty number field is "".

import type * as z from "zod";
import type { productPatchSchema } from "../../contract/products.ts";
import { defaultProductType, isTracked } from "../../domain/catalogue/product-type.ts";
import { isSame } from "../forms/three-way-merge.ts";
import type { NumberField } from "../forms/units-field.ts";
import type { Product, ProductType } from "./product-queries.ts";

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
  /** Empty: the product's. */
  outOfStockThreshold: NumberField;
  /** Empty: the product's. */
  leadDays: NumberField;
  /** Empty: the product's. */
  packSize: NumberField;
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
  /** Empty: the stock alert threshold counts. */
  outOfStockThreshold: NumberField;
  hideIfOutOfStock: boolean;
  allowPreOrder: boolean;
  allowNegativeStock: boolean;
  /** Empty: the store's. */
  leadDays: NumberField;
  /** Empty: single units. */
  packSize: NumberField;
  variants: VariantFields[];
};

/** The form's values for a stored product, or for a new one. */
export function toFields(product: Product | null): ProductFields {
  return {
    sku: product?.sku ?? "",
    name: product?.name ?? "",
    type: product?.type ?? defaultProductType,
    enabled: product?.enabled ?? true,
    trackInventory: product?.trackInventory ?? true,
    unitsInStock: product?.unitsInStock ?? "",
    stockAlertThreshold: product?.stockAlertThreshold ?? "",
    outOfStockThreshold: product?.outOfStockThreshold ?? "",
    hideIfOutOfStock: product?.hideIfOutOfStock ?? false,
    allowPreOrder: product?.allowPreOrder ?? false,
    allowNegativeStock: product?.allowNegativeStock ?? false,
    leadDays: product?.leadDays ?? "",
    packSize: product?.packSize ?? "",
    variants: (product?.variants ?? []).map((variant) => ({
      sku: variant.sku,
      name: variant.name,
      options: variant.options,
      enabled: variant.enabled,
      unitsInStock: variant.unitsInStock ?? "",
      stockAlertThreshold: variant.stockAlertThreshold ?? "",
      outOfStockThreshold: variant.outOfStockThreshold ?? "",
      leadDays: variant.leadDays ?? "",
      packSize: variant.packSize ?? "",
    })),
  };
}

/** Whether every variant has its own count, so that the product needs none. */
export function allHaveOwnUnits({ variants }: ProductFields): boolean {
  return variants.length > 0 && variants.every(({ unitsInStock }) => unitsInStock !== "");
}

type Body = z.input<typeof productPatchSchema>;
type VariantBody = NonNullable<Body["variants"]>[number];

/**
 * Returns the request body: everything of a new product, only the changes of a stored one. Hidden fields are not
 * sent, so settings of untracked stock are kept until it is tracked again.
 */
export function toBody(
  fields: ProductFields,
  base: Product | null,
  type: ProductType | undefined,
): Body {
  const before = base === null ? null : toFields(base);
  const isChanged = (field: keyof ProductFields): boolean =>
    before === null || !isSame(before[field], fields[field]);
  const settings = [
    "type",
    "enabled",
    ...(type?.hasInventory === true ? ["trackInventory" as const] : []),
    ...(isTracked(type, fields) ? stockSettings : []),
  ] as const;
  return {
    ...(isChanged("name") ? { name: fields.name.trim() } : {}),
    ...Object.fromEntries(settings.filter(isChanged).map((field) => [field, fields[field]])),
    ...(isTracked(type, fields)
      ? Object.fromEntries(
          numbersOrNull.filter(isChanged).map((field) => [field, numberOf(fields[field])]),
        )
      : {}),
    ...(isTracked(type, fields) ? countOf(fields.unitsInStock, base?.unitsInStock) : {}),
    ...(type?.hasVariants === true && isChanged("variants")
      ? { variants: fields.variants.map((variant) => toVariant(variant, base, fields, type)) }
      : {}),
  };
}

const stockSettings = ["hideIfOutOfStock", "allowPreOrder", "allowNegativeStock"] as const;

const numbersOrNull = [
  "stockAlertThreshold",
  "outOfStockThreshold",
  "leadDays",
  "packSize",
] as const;

/** Returns a variant for the request. Fields that are left out of a stored variant keep their values. */
function toVariant(
  variant: VariantFields,
  base: Product | null,
  fields: ProductFields,
  type: ProductType,
): VariantBody {
  const sku = variant.sku.trim();
  const stored = base?.variants.find((known) => known.sku === sku);
  const name = variant.name.trim();
  const { options, enabled } = variant;
  const body = { sku, ...(name === "" ? {} : { name }), options, enabled };
  if (!isTracked(type, fields)) return body;
  const wasTracked = base?.trackInventory === true;
  // While stock was not tracked, the form did not show the stored numbers. Empty fields keep them.
  const ofVariant = numbersOrNull
    .map((field) => [field, numberOf(variant[field])] as const)
    .filter(([, value]) => value !== null || wasTracked);
  return {
    ...body,
    ...variantCount(variant, stored, wasTracked),
    ...Object.fromEntries(ofVariant),
  };
}

function variantCount(
  variant: VariantFields,
  stored: Product["variants"][number] | undefined,
  wasTracked: boolean,
): Pick<VariantBody, "unitsInStock" | "expectedUnits"> {
  if (numberOf(variant.unitsInStock) !== null) {
    return countOf(variant.unitsInStock, stored?.unitsInStock);
  }
  return wasTracked ? { unitsInStock: null } : {};
}

/** A count is sent only if it was edited, together with the count that was shown, so that no sale is undone. */
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

/** The number in a field; null if it is empty. A form with an unreadable number is not sent. */
function numberOf(field: NumberField): number | null {
  return typeof field === "number" ? field : null;
}
