// The stock holders of a product: the product itself if it is sold or variants share its units, and the variants with
// their own units.

import {
  limitOf,
  outOfStockAt,
  type StockLevels,
  type StockState,
} from "../../domain/stock/stock-holder.ts";
import { counts } from "../words/en/products/counts.ts";
import type { Product } from "./product-queries.ts";

/** One count of a product. */
export type Holder = {
  readonly sku: string;
  /** The variant's name; for the product's own count, who shares it. */
  readonly label: string;
  readonly units: number;
  /** At or below it the holder is low. */
  readonly limit: number;
  /** At or below it the holder is out of stock. */
  readonly outOfStockAt: number;
  /** Units that a threshold holds back. */
  readonly heldBack: number;
  readonly state: StockState;
};

/** Returns the counts of a product; none if its stock is not tracked. */
export function holdersOf(product: Product): Holder[] {
  const { trackInventory, unitsInStock, variants } = product;
  if (!trackInventory || unitsInStock === undefined) return [];
  const levels = levelsOf(product, { threshold: null, outOfStockThreshold: null });
  const sharing = variants.filter((variant) => variant.unitsInStock === null);
  const own = variants.flatMap((variant) =>
    typeof variant.unitsInStock === "number"
      ? [toHolder(variant, variant.unitsInStock, variant.name, levelsOf(variant, levels))]
      : [],
  );
  if (variants.length > 0 && sharing.length === 0) return own;
  const [only, ...others] = sharing;
  const label = others.length > 0 ? counts.sharedBy(sharing.length) : (only?.name ?? "");
  return [toHolder(product, unitsInStock, label, levels), ...own];
}

type Counted = Pick<Product["variants"][number], "sku" | "heldBack" | "stockState">;
type Thresholds = Pick<Product["variants"][number], "stockAlertThreshold" | "outOfStockThreshold">;

/** The levels of an item. What it leaves empty is its product's. */
function levelsOf(item: Thresholds, ofProduct: StockLevels): StockLevels {
  return {
    threshold: item.stockAlertThreshold ?? ofProduct.threshold,
    outOfStockThreshold: item.outOfStockThreshold ?? ofProduct.outOfStockThreshold,
  };
}

function toHolder(
  { sku, heldBack = 0, stockState = "in-stock" }: Counted,
  units: number,
  label: string,
  levels: StockLevels,
): Holder {
  return {
    sku,
    label,
    units,
    limit: limitOf(levels),
    outOfStockAt: outOfStockAt(levels),
    heldBack,
    state: stockState,
  };
}

/**
 * Whether a storefront should hide the product, because nothing of it can be ordered. The API's `outOfStock` includes
 * both thresholds.
 */
export function isHidden(product: Product): boolean {
  const { enabled, hideIfOutOfStock = false, allowPreOrder = false, variants } = product;
  if (!enabled || !hideIfOutOfStock || allowPreOrder || product.allowNegativeStock === true) {
    return false;
  }
  if (variants.length === 0) return product.outOfStock === true;
  return variants.every((variant) => !variant.enabled || variant.outOfStock === true);
}
