// Reads orders for open requests. One batch decides many orders at once, and all who wait for them then ask
// at the same moment: they are answered from one statement.

import type { Pool } from "pg";
import { type Batcher, createBatcher } from "../../flow/batcher.ts";
import { readOrdersById, type StoredOrder } from "../../db/orders/read-orders.ts";

/** Orders that one statement reads at most, statements under way at once, and requests that wait for one. */
const limits = { orders: 200, statements: 2, waiting: 10_000 };

/** Reads an order; resolves with null where there is none. */
export type ReadOrder = (id: string) => Promise<StoredOrder | null>;

/** Creates a reader whose reads share statements. */
export function createOrderReader(pool: Pool): ReadOrder {
  const batcher: Batcher<string, StoredOrder | null> = createBatcher({
    itemsMax: limits.orders,
    weightMax: limits.orders,
    weigh: () => 1,
    lingerMs: 0,
    writersMax: limits.statements,
    waitingMax: limits.waiting,
    async write(ids) {
      const orders = await readOrdersById(pool, ids);
      return orders.map((value) => ({ status: "fulfilled", value }));
    },
  });
  return (id) => batcher.add(id);
}
