// Reads items for storefronts and carts. Requests that arrive while a statement runs share the next one, because many
// pages of a shop ask for the same items at the same time.

import type { Pool } from "pg";
import { sharedReads } from "../../flow/batch-presets.ts";
import { type Batcher, createBatcher } from "../../flow/batcher.ts";
import { type Item, readItems } from "../../db/availability/read-items.ts";

/** The most items that one statement reads. */
const itemsMax = 2_000;

/**
 * Reads items by their SKUs, as they are after the call began. SKUs of no item are missing in the map; it may have
 * items of other requests as well.
 */
export type ReadItems = (skus: readonly string[]) => Promise<ReadonlyMap<string, Item>>;

/** Creates a reader whose reads share statements. */
export function createItemReader(pool: Pool): ReadItems {
  const batcher: Batcher<readonly string[], ReadonlyMap<string, Item>> = createBatcher({
    ...sharedReads,
    weightMax: itemsMax,
    weigh: (skus) => skus.length,
    async write(requests) {
      const items = await readItems(pool, [...new Set(requests.flat())]);
      return requests.map(() => ({ status: "fulfilled", value: items }));
    },
  });
  return (skus) => batcher.add(skus);
}
