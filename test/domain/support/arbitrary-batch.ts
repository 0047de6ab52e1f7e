// Random stores and random batches of orders on them, small enough that orders compete for the last units.

import * as fc from "fast-check";
import type { PendingOrder } from "../../../src/domain/order/plan-batch.ts";
import { alertStateOf } from "../../../src/domain/stock/alert-transition.ts";
import type { StockHolder } from "../../../src/domain/stock/stock-holder.ts";

/** A store's holders by id, and a batch of orders on them. */
export type Batch = {
  readonly holders: ReadonlyMap<number, StockHolder>;
  readonly orders: readonly PendingOrder[];
};

/** The policy of a holder: everything about it but its id, its count and its alert. */
export const arbitraryPolicy = fc.record({
  tracked: fc.oneof({ arbitrary: fc.constant(true), weight: 4 }, fc.boolean()),
  inUse: fc.oneof({ arbitrary: fc.constant(true), weight: 6 }, fc.boolean()),
  threshold: fc.option(fc.integer({ min: -2, max: 8 })),
  outOfStockThreshold: fc.option(fc.integer({ min: 0, max: 8 })),
  allowPreOrder: fc.oneof({ arbitrary: fc.constant(false), weight: 3 }, fc.boolean()),
  allowNegativeStock: fc.oneof({ arbitrary: fc.constant(false), weight: 3 }, fc.boolean()),
});

/** Whether the alert of a low holder is open. A process of an older version opened none if the holder was created low. */
const arbitraryIsOpen = fc.oneof({ arbitrary: fc.constant(true), weight: 3 }, fc.boolean());

/** A holder in a state that the rules can lead to. */
export function arbitraryHolder(id: number): fc.Arbitrary<StockHolder> {
  return fc
    .tuple(arbitraryPolicy, fc.integer({ min: -3, max: 14 }), arbitraryIsOpen)
    .map(([policy, count, isOpen]) => {
      const units = policy.allowNegativeStock ? count : Math.max(0, count);
      const holder = { id, units, ...policy, alert: null };
      return { ...holder, alert: isOpen ? alertStateOf(holder) : null };
    });
}

const holderIds = [1, 2, 3, 4] as const;

const arbitraryLine = fc
  .record({
    holderId: fc.constantFrom(...holderIds),
    item: fc.integer({ min: 0, max: 2 }),
    quantity: fc.integer({ min: 1, max: 6 }),
  })
  // Several items may draw on one holder, as variants without units of their own do.
  .map(({ holderId, item, quantity }) => ({ itemId: holderId * 10 + item, holderId, quantity }));

const arbitraryOrders = fc
  .array(fc.array(arbitraryLine, { minLength: 1, maxLength: 4 }), { maxLength: 8 })
  .map((orders) => orders.map((lines, index) => ({ id: `order-${index}`, lines })));

/** A store of four holders and up to eight orders of up to four lines on them. */
export const arbitraryBatch: fc.Arbitrary<Batch> = fc.record({
  holders: fc
    .tuple(...holderIds.map((id) => arbitraryHolder(id)))
    .map((holders) => new Map(holders.map((holder) => [holder.id, holder]))),
  orders: arbitraryOrders,
});
