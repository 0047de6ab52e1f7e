// The words for the state of a count, for people: the admin app, mails and rejections use the same ones.

import type { StockState } from "./stock-holder.ts";

/** The word for each state. */
export const stateWords = {
  "in-stock": "In stock",
  low: "Low",
  "held-back": "Not sold",
  "none-left": "None left",
} as const satisfies Record<StockState, string>;

/** A count of which a threshold holds units back. `outOfStockAt`: at or below it nothing is sold. */
export type HeldBackCount = {
  readonly unitsInStock: number;
  readonly heldBack: number;
  readonly outOfStockAt: number;
};

/**
 * Says why units on the shelf are not sold, such as "10 on the shelf, held back by the threshold of 10". `write` writes a
 * number as its reader expects it.
 */
export function heldBackWords(count: HeldBackCount, write: (units: number) => string): string {
  const { unitsInStock, heldBack, outOfStockAt } = count;
  const which = heldBack === unitsInStock ? "" : `${write(heldBack)} of them `;
  return `${write(unitsInStock)} on the shelf, ${which}held back by the threshold of ${write(outOfStockAt)}`;
}
