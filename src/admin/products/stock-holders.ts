// The stock holders of a product: the product itself if it is sold or variants share its units, and the variants with
// their own units. Uses the same rules as the decision on an order.

import { isLow, isOutOfStock, limitOf } from "../../domain/stock/stock-holder.ts";
import type { Product } from "./product-queries.ts";

/** The state of a count. `unsold` has units left, but they are at or below the threshold and not sold. */
export type StockState = "in-stock" | "low" | "unsold" | "none-left";

/** One count of a product. */
export type Holder = {
  readonly sku: string;
  /** The variant's name; for the product's own count, who shares it. */
  readonly label: string;
  readonly units: number;
  readonly limit: number;
  readonly state: StockState;
};

/** Returns the counts of a product; none if its stock is not tracked. */
export function holdersOf(product: Product): Holder[] {
  const { trackInventory, unitsInStock, sellBelowThreshold = false } = product;
  if (!trackInventory || unitsInStock === undefined) return [];
  const threshold = product.stockAlertThreshold ?? null;
  const { variants } = product;
  const sharing = variants.filter((variant) => variant.unitsInStock === null);
  const own = variants.flatMap((variant) =>
    typeof variant.unitsInStock === "number"
      ? [
          holder(variant.sku, variant.name, {
            units: variant.unitsInStock,
            threshold: variant.stockAlertThreshold ?? threshold,
            sellBelowThreshold,
          }),
        ]
      : [],
  );
  if (variants.length > 0 && sharing.length === 0) return own;
  const [only, ...others] = sharing;
  const label = others.length > 0 ? `shared by ${sharing.length}` : (only?.name ?? "");
  return [
    holder(product.sku, label, { units: unitsInStock, threshold, sellBelowThreshold }),
    ...own,
  ];
}

type Count = {
  readonly units: number;
  readonly threshold: number | null;
  readonly sellBelowThreshold: boolean;
};

function holder(sku: string, label: string, count: Count): Holder {
  return { sku, label, units: count.units, limit: limitOf(count.threshold), state: stateOf(count) };
}

function stateOf(count: Count): StockState {
  if (count.units <= 0) return "none-left";
  if (isOutOfStock(count)) return "unsold";
  return isLow(count) ? "low" : "in-stock";
}

/**
 * Whether a storefront should hide the product, because nothing of it can be ordered. The API's `outOfStock` includes
 * `sellBelowThreshold` and the thresholds.
 */
export function isHidden(product: Product): boolean {
  const { enabled, hideIfOutOfStock = false, allowPreOrder = false, variants } = product;
  if (!enabled || !hideIfOutOfStock || allowPreOrder || product.allowNegativeStock === true) {
    return false;
  }
  if (variants.length === 0) return product.outOfStock === true;
  return variants.every((variant) => !variant.enabled || variant.outOfStock === true);
}
