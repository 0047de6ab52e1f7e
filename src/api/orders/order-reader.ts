// Reads orders for open requests. A batch decides many orders at once, so their requests read them at the same time;
// one statement reads them all.

import type { Pool } from "pg";
import { sharedReads } from "../../flow/batch-presets.ts";
import { type Batcher, createBatcher } from "../../flow/batcher.ts";
import { readOrdersById, type StoredOrder } from "../../db/orders/read-orders.ts";

/** Reads an order; resolves with null if there is none. */
export type ReadOrder = (id: string) => Promise<StoredOrder | null>;

/** Creates a reader whose reads share statements. */
export function createOrderReader(pool: Pool): ReadOrder {
  const batcher: Batcher<string, StoredOrder | null> = createBatcher({
    ...sharedReads,
    async write(ids) {
      const orders = await readOrdersById(pool, ids);
      return orders.map((value) => ({ status: "fulfilled", value }));
    },
  });
  return (id) => batcher.add(id);
}
