// Reads the settings of a product and its variants from their rows, for the rules of the domain.

import type { ProductWithVariants, VariantSettings } from "../../domain/catalogue/product.ts";
import type { Product, Variant } from "../entities/product.ts";

/** The settings of a stored product with these variants. */
export function settingsOf(product: Product, variants: readonly Variant[]): ProductWithVariants {
  const { name, enabled, trackInventory } = product;
  const { stockAlertThreshold = null, outOfStockThreshold = null } = product;
  const { hideIfOutOfStock, allowPreOrder, allowNegativeStock } = product;
  return {
    name,
    enabled,
    trackInventory,
    stockAlertThreshold,
    outOfStockThreshold,
    hideIfOutOfStock,
    allowPreOrder,
    allowNegativeStock,
    variants: variants.map(variantSettings),
  };
}

function variantSettings(variant: Variant): VariantSettings {
  const { sku, name, options, enabled, ownStock } = variant;
  const { stockAlertThreshold = null, outOfStockThreshold = null } = variant;
  return { sku, name, options, enabled, ownStock, stockAlertThreshold, outOfStockThreshold };
}
