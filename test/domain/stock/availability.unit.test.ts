import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { availabilityOf, availabilityOfVariants } from "../../../src/domain/stock/availability.ts";
import { planOrder } from "../../../src/domain/order/plan-order.ts";
import type { StockHolder } from "../../../src/domain/stock/stock-holder.ts";
import { arbitraryHolder } from "../support/arbitrary-batch.ts";
import { buildHolder } from "../support/build-holder.ts";
import { buildLine } from "../support/build-order.ts";

const listed = (
  changes: Partial<StockHolder>,
  listing: { enabled?: boolean; hideIfOutOfStock?: boolean } = {},
) =>
  availabilityOf({
    enabled: true,
    hideIfOutOfStock: false,
    holder: buildHolder(changes),
    ...listing,
  });

describe("the availability of one item", () => {
  test("in stock: any quantity up to the units there are", () => {
    expect(listed({ units: 7, threshold: 2 })).toEqual({
      visible: true,
      purchasable: true,
      outOfStock: false,
      maxQuantity: 7,
      unitsInStock: 7,
      available: 7,
      heldBack: 0,
    });
  });

  test("out of stock: shown, not for sale, and says what the threshold holds back", () => {
    expect(listed({ units: 5, threshold: 5 })).toEqual({
      visible: true,
      purchasable: false,
      outOfStock: true,
      maxQuantity: 0,
      unitsInStock: 5,
      available: 0,
      heldBack: 5,
    });
  });

  test("hidden where it hides when out of stock and nothing can be bought", () => {
    const hiding = { hideIfOutOfStock: true };
    expect(listed({ units: 0 }, hiding).visible).toBe(false);
    expect(listed({ units: 1 }, hiding).visible).toBe(true);
  });

  test.each(["allowPreOrder", "allowNegativeStock"])(
    "%s: any quantity can be bought, so it shows though it is out of stock",
    (exception) => {
      expect(listed({ units: 0, [exception]: true }, { hideIfOutOfStock: true })).toEqual({
        visible: true,
        purchasable: true,
        outOfStock: true,
        maxQuantity: null,
        unitsInStock: 0,
        available: null,
        heldBack: 0,
      });
    },
  );

  test("untracked: any quantity, and never out of stock, whatever its count says", () => {
    expect(listed({ units: 0, threshold: 5, tracked: false }, { hideIfOutOfStock: true })).toEqual({
      visible: true,
      purchasable: true,
      outOfStock: false,
      maxQuantity: null,
      unitsInStock: null,
      available: null,
      heldBack: 0,
    });
  });

  test("disabled: neither shown nor for sale", () => {
    expect(listed({ units: 7 }, { enabled: false })).toEqual({
      visible: false,
      purchasable: false,
      outOfStock: false,
      maxQuantity: 0,
      unitsInStock: 7,
      available: 0,
      heldBack: 0,
    });
  });

  test("agrees with the decision: a quantity is confirmed exactly where it is within the maximum", () => {
    fc.assert(
      fc.property(arbitraryHolder(1), fc.integer({ min: 1, max: 20 }), (holder, quantity) => {
        const { maxQuantity, purchasable } = availabilityOf({
          enabled: true,
          hideIfOutOfStock: false,
          holder,
        });
        const { status } = planOrder([buildLine(1, quantity)], () => holder);
        expect(status === "confirmed").toBe(maxQuantity === null || quantity <= maxQuantity);
        expect(purchasable).toBe(planOrder([buildLine(1, 1)], () => holder).status === "confirmed");
      }),
    );
  });

  test("is hidden only where it hides when out of stock and not even one unit would be confirmed", () => {
    fc.assert(
      fc.property(arbitraryHolder(1), fc.boolean(), (holder, hideIfOutOfStock) => {
        const { visible } = availabilityOf({ enabled: true, hideIfOutOfStock, holder });
        const { status } = planOrder([buildLine(1, 1)], () => holder);
        expect(visible).toBe(!hideIfOutOfStock || status === "confirmed");
      }),
    );
  });
});

describe("the availability of a product with variants", () => {
  const inStock = listed({ units: 3 });
  const outOfStock = listed({ units: 0 });
  const hidden = listed({ units: 0 }, { hideIfOutOfStock: true });

  test("shows while one of its variants shows, and is never for sale itself", () => {
    expect(availabilityOfVariants([hidden, inStock])).toEqual({
      visible: true,
      purchasable: false,
      outOfStock: false,
      maxQuantity: 0,
      unitsInStock: null,
      available: 0,
      heldBack: 0,
    });
    expect(availabilityOfVariants([hidden, hidden]).visible).toBe(false);
  });

  test("is out of stock when all of its variants are", () => {
    expect(availabilityOfVariants([outOfStock, hidden]).outOfStock).toBe(true);
    expect(availabilityOfVariants([outOfStock, inStock]).outOfStock).toBe(false);
    expect(availabilityOfVariants([]).outOfStock).toBe(false);
  });
});
