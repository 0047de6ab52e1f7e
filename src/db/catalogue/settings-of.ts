// Reads the settings of a product and its variants from their rows, for the rules of the domain.

import type { ProductWithVariants, VariantSettings } from "../../domain/catalogue/product.ts";
import type { Product, Variant } from "../entities/product.ts";

/** The settings of a stored product with these variants. */
export function settingsOf(product: Product, variants: readonly Variant[]): ProductWithVariants {
  const { name, enabled, trackInventory, stockAlertThreshold = null } = product;
  const { hideIfOutOfStock, allowPreOrder, allowNegativeStock, sellBelowThreshold } = product;
  return {
    name,
    enabled,
    trackInventory,
    stockAlertThreshold,
    hideIfOutOfStock,
    allowPreOrder,
    allowNegativeStock,
    sellBelowThreshold,
    variants: variants.map(variantSettings),
  };
}

function variantSettings(variant: Variant): VariantSettings {
  const { sku, name, options, enabled, ownStock, stockAlertThreshold = null } = variant;
  return { sku, name, options, enabled, ownStock, stockAlertThreshold };
}
