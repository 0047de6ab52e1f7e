// Computes what a storefront may show and sell. It uses the rules of the decision on an order, so a shop never offers
// what an order could not get.

import { heldBack, isOutOfStock, sellableUnits, type StockHolder } from "./stock-holder.ts";

/** What the availability of an item depends on. */
export type Listing = {
  readonly enabled: boolean;
  readonly hideIfOutOfStock: boolean;
  readonly holder: StockHolder;
};

/** The availability of an item. */
export type Availability = {
  readonly visible: boolean;
  readonly purchasable: boolean;
  readonly outOfStock: boolean;
  /** The most units of one order now; null if there is no limit. */
  readonly maxQuantity: number | null;
  /** The count of its stock holder; null if it has none, because it is not tracked or is sold by its variants. */
  readonly unitsInStock: number | null;
  /** The same as `maxQuantity`, under the name that stock levels and shortages have. */
  readonly available: number | null;
  /** Units in stock that a threshold holds back. */
  readonly heldBack: number;
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
    unitsInStock: holder.tracked ? holder.units : null,
    available: maxQuantity,
    heldBack: heldBack(holder),
  };
}

/**
 * Availability of a product that has variants. It can't be ordered itself, is visible if one of its variants is, and is
 * out of stock if all of them are.
 */
export function availabilityOfVariants(variants: readonly Availability[]): Availability {
  return {
    visible: variants.some((variant) => variant.visible),
    purchasable: false,
    outOfStock: variants.length > 0 && variants.every((variant) => variant.outOfStock),
    maxQuantity: 0,
    unitsInStock: null,
    available: 0,
    heldBack: 0,
  };
}
