// What a storefront may show and sell, computed from the same questions as the decision on an order, so
// that a shop never offers what an order would be refused.

import { sellableUnits } from "../order/plan-order.ts";
import { isOutOfStock, type StockHolder } from "./stock-holder.ts";

/** An item of the catalogue as a storefront asks about it. */
export type Listing = {
  readonly enabled: boolean;
  readonly hideIfOutOfStock: boolean;
  readonly holder: StockHolder;
};

/** The storefront's answer. `maxQuantity` null means: any quantity. */
export type Availability = {
  readonly visible: boolean;
  readonly purchasable: boolean;
  readonly outOfStock: boolean;
  readonly maxQuantity: number | null;
};

/** Availability of a product without variants, or of one variant. */
export function availabilityOf(listing: Listing): Availability {
  const { enabled, hideIfOutOfStock, holder } = listing;
  const maxQuantity = enabled ? sellableUnits(holder) : 0;
  const sellable = maxQuantity === null || maxQuantity > 0;
  return {
    visible: enabled && (sellable || !hideIfOutOfStock),
    purchasable: sellable,
    outOfStock: holder.tracked && isOutOfStock(holder),
    maxQuantity,
  };
}

/**
 * Availability of a product that has variants: it can't be ordered itself, shows while one of its
 * variants shows, and is out of stock when all of them are.
 */
export function availabilityOfVariants(variants: readonly Availability[]): Availability {
  return {
    visible: variants.some((variant) => variant.visible),
    purchasable: false,
    outOfStock: variants.length > 0 && variants.every((variant) => variant.outOfStock),
    maxQuantity: 0,
  };
}
