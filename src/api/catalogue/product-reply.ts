// Turns a stored product into its reply. If its stock is not tracked, the reply has no count.

import type { StoredProduct, StoredVariant } from "../../domain/catalogue/product.ts";
import {
  heldBack,
  isOutOfStock,
  type SellableCount,
  stockStateOf,
} from "../../domain/stock/stock-holder.ts";
import type { ProductReply } from "../../contract/products.ts";

/** A product as `GET` and lists reply with it. */
export function toProductReply(product: StoredProduct): ProductReply {
  const { sku, name, type, enabled, tracked, version } = product;
  return {
    sku,
    name,
    type,
    enabled,
    trackInventory: tracked,
    ...(tracked ? stockOf(product) : {}),
    variants: product.variants.map((variant) => toVariant(variant, product)),
    version,
    createdAt: product.createdAt.toISOString(),
    updatedAt: product.updatedAt.toISOString(),
  };
}

function stockOf(product: StoredProduct) {
  return {
    unitsInStock: product.units,
    stockAlertThreshold: product.stockAlertThreshold,
    outOfStockThreshold: product.outOfStockThreshold,
    ...stateOf(countOf(product)),
    hideIfOutOfStock: product.hideIfOutOfStock,
    allowPreOrder: product.allowPreOrder,
    allowNegativeStock: product.allowNegativeStock,
    sellBelowThreshold: product.outOfStockThreshold === 0,
  };
}

function stateOf(count: SellableCount) {
  return {
    outOfStock: isOutOfStock(count),
    heldBack: heldBack(count),
    stockState: stockStateOf(count),
  };
}

/** The count of a product; its own thresholds apply. */
const countOf = (product: StoredProduct): SellableCount => ({
  units: product.units,
  tracked: product.tracked,
  inUse: true,
  threshold: product.stockAlertThreshold,
  outOfStockThreshold: product.outOfStockThreshold,
  allowPreOrder: product.allowPreOrder,
  allowNegativeStock: product.allowNegativeStock,
});

function toVariant(
  variant: StoredVariant,
  product: StoredProduct,
): ProductReply["variants"][number] {
  const { sku, name, options, enabled, ownStock, units, threshold } = variant;
  const outOfStockThreshold = variant.effectiveOutOfStockThreshold;
  const shared = countOf(product);
  const stock = {
    unitsInStock: ownStock ? units : null,
    stockAlertThreshold: variant.stockAlertThreshold,
    outOfStockThreshold: variant.outOfStockThreshold,
    ...stateOf(ownStock ? { ...shared, units, threshold, outOfStockThreshold } : shared),
  };
  return { sku, name, options, enabled, ...(product.tracked ? stock : {}) };
}
