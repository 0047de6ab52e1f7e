// Turns a stored product into its reply. If its stock is not tracked, the reply has no count.

import type { StoredProduct, StoredVariant } from "../../domain/catalogue/product.ts";
import { isOutOfStock, type StockCount } from "../../domain/stock/stock-holder.ts";
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
    outOfStock: isOutOfStock(countOf(product)),
    hideIfOutOfStock: product.hideIfOutOfStock,
    allowPreOrder: product.allowPreOrder,
    allowNegativeStock: product.allowNegativeStock,
    sellBelowThreshold: product.sellBelowThreshold,
  };
}

/** The count of a product; its own threshold applies. */
const countOf = ({
  units,
  stockAlertThreshold,
  sellBelowThreshold,
}: StoredProduct): StockCount => ({
  units,
  threshold: stockAlertThreshold,
  sellBelowThreshold,
});

function toVariant(
  variant: StoredVariant,
  product: StoredProduct,
): ProductReply["variants"][number] {
  const { sku, name, options, enabled, ownStock, units, threshold } = variant;
  const { sellBelowThreshold } = product;
  const stock = {
    unitsInStock: ownStock ? units : null,
    stockAlertThreshold: variant.stockAlertThreshold,
    outOfStock: isOutOfStock(
      ownStock ? { units, threshold, sellBelowThreshold } : countOf(product),
    ),
  };
  return { sku, name, options, enabled, ...(product.tracked ? stock : {}) };
}
