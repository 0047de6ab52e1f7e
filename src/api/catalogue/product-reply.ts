// Turns a stored product into its reply. If its stock is not tracked, the reply has no count.

import type { StoredProduct } from "../../domain/catalogue/product.ts";
import {
  heldBack,
  isOutOfStock,
  type SellableCount,
  stockStateOf,
} from "../../domain/stock/stock-holder.ts";
import type { ProductWithIncoming } from "../../db/catalogue/read-products.ts";
import type { ProductReply } from "../../contract/products.ts";
import { toIncoming } from "../receiving/delivery-reply.ts";

/** A product as `GET` and lists reply with it. */
export function toProductReply(product: ProductWithIncoming): ProductReply {
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

function stockOf(product: ProductWithIncoming) {
  return {
    unitsInStock: product.units,
    stockAlertThreshold: product.stockAlertThreshold,
    outOfStockThreshold: product.outOfStockThreshold,
    ...stateOf(countOf(product)),
    hideIfOutOfStock: product.hideIfOutOfStock,
    allowPreOrder: product.allowPreOrder,
    allowNegativeStock: product.allowNegativeStock,
    leadDays: product.leadDays,
    packSize: product.packSize,
    sellBelowThreshold: product.outOfStockThreshold === 0,
    incoming: toIncoming(product.incoming),
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
  variant: ProductWithIncoming["variants"][number],
  product: StoredProduct,
): ProductReply["variants"][number] {
  const { sku, name, options, enabled, ownStock, units, threshold } = variant;
  const outOfStockThreshold = variant.effectiveOutOfStockThreshold;
  const shared = countOf(product);
  const stock = {
    unitsInStock: ownStock ? units : null,
    stockAlertThreshold: variant.stockAlertThreshold,
    outOfStockThreshold: variant.outOfStockThreshold,
    leadDays: variant.leadDays,
    packSize: variant.packSize,
    ...stateOf(ownStock ? { ...shared, units, threshold, outOfStockThreshold } : shared),
    incoming: toIncoming(variant.incoming),
  };
  return { sku, name, options, enabled, ...(product.tracked ? stock : {}) };
}
